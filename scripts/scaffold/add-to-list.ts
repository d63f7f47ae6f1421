import { camel } from './names.ts'
import { ScaffoldError } from './new-operation.ts'

const LINE_WIDTH = 112

/** Adds an operation to the text of a domain's index.ts: its import in order, its name at the end of the list. */
export function addToList(text: string, name: string): string {
  const line = `import { ${camel(name)} } from './${name}.ts'`
  const list = /(export const \w+: readonly Operation\[\] = )\[([^\]]*)\]/.exec(text)
  if (!list) throw new ScaffoldError('The index.ts of the domain has no `readonly Operation[]` to add to.')
  const [whole, head = '', inside = ''] = list
  const names = inside
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (names.includes(camel(name))) throw new ScaffoldError(`${camel(name)} is in the list already.`)
  names.push(camel(name))
  const short = `${head}[${names.join(', ')}]`
  const long = `${head}[\n${names.map((each) => `  ${each},\n`).join('')}]`

  const lines = text.replace(whole, short.length <= LINE_WIDTH ? short : long).split('\n')
  const later = lines.findIndex((each) => (importedFile(each) ?? '') > name)
  const end = lines.findLastIndex((each) => each.startsWith('import ')) + 1
  return lines.toSpliced(later < 0 ? end : later, 0, line).join('\n')
}

function importedFile(line: string): string | undefined {
  return / from '\.\/(.+)\.ts'$/.exec(line)?.[1]
}

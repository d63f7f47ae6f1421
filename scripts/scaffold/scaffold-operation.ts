import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addToList } from './add-to-list.ts'
import { capital } from './names.ts'
import { type NewOperation, ScaffoldError } from './new-operation.ts'
import { operationText } from './operation-text.ts'

const METHODS = ['get', 'post', 'put', 'delete']

/**
 * Writes the file of an operation and adds it to the list of its domain. Nothing is overwritten.
 * @param root the project
 * @returns the paths that were written, from the root
 */
export function scaffoldOperation(root: string, wanted: NewOperation): string[] {
  refuseMisfits(wanted)
  const folder = `workers/${wanted.domain}`
  const index = `${folder}/index.ts`
  const file = `${folder}/${wanted.name}.ts`
  if (!existsSync(join(root, index))) {
    throw new ScaffoldError(
      `${index} does not exist. Give a new domain its list first, and add that to workers/operations.ts.`,
    )
  }
  if (existsSync(join(root, file))) throw new ScaffoldError(`${file} exists already.`)

  const list = addToList(readFileSync(join(root, index), 'utf8'), wanted.name)
  writeFileSync(join(root, file), operationText(wanted, tagOf(root, wanted.domain)), { flag: 'wx' })
  writeFileSync(join(root, index), list)
  return [file, index]
}

function refuseMisfits({ domain, name, method, path }: NewOperation): void {
  const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
  if (!kebab.test(domain) || domain === 'http') throw new ScaffoldError(`'${domain}' is no domain.`)
  if (!kebab.test(name)) throw new ScaffoldError(`'${name}' is no name like create-booking.`)
  if (!METHODS.includes(method)) throw new ScaffoldError(`'${method}' is none of ${METHODS.join(', ')}.`)
  if (!/^(\/([a-z0-9.-]+|\{[a-z]\w*\}))+$/.test(path))
    throw new ScaffoldError(`'${path}' is no path like /bookings/{id}.`)
}

/** The tag that the domain's other operations have, so that the reference keeps them together. */
function tagOf(root: string, domain: string): string {
  for (const file of globSync(`workers/${domain}/*.ts`, { cwd: root }).toSorted()) {
    const tag = /^ {4}tag: '([^']+)'/m.exec(readFileSync(join(root, file), 'utf8'))?.[1]
    if (tag !== undefined) return tag
  }
  return capital(domain)
}

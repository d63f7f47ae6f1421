import { posix } from 'node:path'
import type { Source } from './read-sources.ts'

/** One import, re-export or dynamic import of a file. */
export interface Import {
  line: number
  /** The path from the project's root where it is ours, else the specifier as written. */
  target: string
  isOurs: boolean
  /** Gone at run time. `import { type A }` is not: with verbatimModuleSyntax its module is still loaded. */
  typeOnly: boolean
}

// The formatter puts every static import at the start of a line and in single quotes.
const STATIC =
  /^(?:import|export)\s+(type\s+)?(?:(?:[\w$]+,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s+)?'([^']+)'/gm
const DYNAMIC = /(\btypeof\s+)?\bimport\(\s*'([^']+)'/g

/** What a file imports, in the order of its lines. */
export function readImports({ path, text }: Source): Import[] {
  return [...text.matchAll(STATIC), ...text.matchAll(DYNAMIC)]
    .map((match) => {
      const [, typeKeyword, specifier = ''] = match
      const line = text.slice(0, match.index).split('\n').length
      const isOurs = /^[.#]/.test(specifier)
      const target = isOurs ? resolve(path, specifier) : specifier
      return { line, target, isOurs, typeOnly: typeKeyword !== undefined }
    })
    .toSorted((a, b) => a.line - b.line)
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('#') ? specifier.slice(1) : posix.join(posix.dirname(from), specifier)
}

import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** A file of the project: its path from the root, with slashes, and its text. */
export interface Source {
  path: string
  text: string
}

/** Everything that is written in TypeScript here. */
export const CODE = ['{workers,durable-objects,db,packages,scripts,tests}/**/*.ts', '*.ts']

/** Reads the files that match, in the order of their paths. */
export function readSources(
  root: string,
  patterns: readonly string[],
  exclude: readonly string[] = [],
): Source[] {
  return globSync(patterns, { cwd: root, exclude, withFileTypes: false })
    .map((path) => path.split(sep).join('/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

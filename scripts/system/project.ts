import { fileURLToPath } from 'node:url'

/** An absolute path of the project, from one that is relative to its root. */
export function projectPath(relative: string): string {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url))
}

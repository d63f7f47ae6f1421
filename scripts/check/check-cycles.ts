import { isTest } from './check-layers.ts'
import { findCycles } from './find-cycles.ts'
import { readImports } from './read-imports.ts'
import type { Source } from './read-sources.ts'

/** Files, and folders, that import each other in a circle at run time. Imports of types are no circle. */
export function checkCycles(sources: readonly Source[]): string[] {
  const graph = new Map(
    sources.map((source) => {
      const targets = readImports(source).filter((each) => each.isOurs && !each.typeOnly)
      return [source.path, new Set(targets.map((each) => each.target))]
    }),
  )
  return [
    ...findCycles(graph).map((cycle) => `files import each other: ${cycle.join(' → ')}`),
    ...findCycles(betweenFolders(graph)).map((cycle) => `folders import each other: ${cycle.join(' → ')}`),
  ]
}

/** The same graph one level up. Files beside the folders are left out, and what tests need of each other's fixtures. */
function betweenFolders(graph: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const [path, targets] of graph) {
    const from = folderOf(path)
    if (from === undefined || isTest(path)) continue
    const known = folders.get(from) ?? new Set<string>()
    folders.set(from, known)
    for (const to of [...targets].map(folderOf)) if (to !== undefined && to !== from) known.add(to)
  }
  return folders
}

/** `packages/geo`, `workers/bookings`, `db/queries/rides`; undefined for a file that lies in none. */
function folderOf(path: string): string | undefined {
  const parts = path.split('/')
  const depth = path.startsWith('db/queries/') ? 3 : 2
  return parts.length > depth ? parts.slice(0, depth).join('/') : undefined
}

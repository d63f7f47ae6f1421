import { isBuiltin } from 'node:module'
import { matchesGlob } from 'node:path'
import { type Layer, layers, TEST_FILES } from './layers.ts'
import { type Import, readImports } from './read-imports.ts'
import type { Source } from './read-sources.ts'

/** The forbidden imports of a set of files, one line each. Imports of types count: knowing a shape is knowing a layer. */
export function checkLayers(sources: readonly Source[]): string[] {
  return [...sources.flatMap(objectTo), ...objectToDoors(sources)]
}

function objectTo(source: Source): string[] {
  const layer = layerOf(source.path)
  if (!layer) return [`${source.path} belongs to no layer of scripts/check/layers.ts`]
  return readImports(source).flatMap((each) => {
    const problem = each.isOurs
      ? objectToFile(source.path, layer, each.target)
      : objectToLibrary(source.path, layer, each)
    return problem ? [`${source.path}:${each.line} imports ${each.target}: ${problem}`] : []
  })
}

/** Folders whose way to a layer leads through more than one file. */
function objectToDoors(sources: readonly Source[]): string[] {
  const doors = sources.filter((source) => {
    const open = layerOf(source.path)?.oneDoorTo
    if (!open || isTest(source.path)) return false
    return readImports(source).some(
      ({ isOurs, target }) => isOurs && open.includes(layerOf(target)?.name ?? ''),
    )
  })
  return [...Map.groupBy(doors, ({ path }) => folderOf(path))]
    .filter(([, files]) => files.length > 1)
    .map(
      ([folder, files]) =>
        `${folder} reaches the database through ${files.map(({ path }) => path).join(' and ')}; one file is enough`,
    )
}

/** The layer that a file belongs to. */
export function layerOf(path: string): Layer | undefined {
  return layers.find(({ files }) => files.some((glob) => matchesGlob(path, glob)))
}

/** Whether a file is there for tests only. */
export function isTest(path: string): boolean {
  return TEST_FILES.some((glob) => matchesGlob(path, glob))
}

function objectToFile(path: string, layer: Layer, target: string): string | undefined {
  const below = layerOf(target)
  if (!below) return 'that file belongs to no layer'
  if (isTest(target) && !isTest(path) && layer.name !== 'tests') return 'only tests may'
  if (isTest(path) && below.name === 'local-cloud') return undefined
  const advice = layer.advice ? ` (${layer.advice})` : ''
  if (below.name === layer.name) {
    if (!layer.apart || folderOf(path) === folderOf(target)) return undefined
    return `the folders of layer ${layer.name} stay apart${advice}`
  }
  return layer.imports.includes(below.name) ? undefined : `${layer.name} may not import ${below.name}${advice}`
}

function objectToLibrary(
  path: string,
  { name, libraries, advice }: Layer,
  { target }: Import,
): string | undefined {
  if (isTest(path) || libraries.includes('*') || libraries.includes(libraryOf(target))) return undefined
  return `${name} may not use ${libraryOf(target)}${advice ? ` (${advice})` : ''}`
}

/** `hono/cors` is hono, `node:fs` and `fs` are `node:*`. */
function libraryOf(specifier: string): string {
  if (isBuiltin(specifier)) return 'node:*'
  if (specifier.startsWith('cloudflare:')) return 'cloudflare:*'
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function folderOf(path: string): string {
  return path.split('/', 2).join('/')
}

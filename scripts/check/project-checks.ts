import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemRegistry } from '../../packages/errors/registry.ts'
import { checkCycles } from './check-cycles.ts'
import { checkDocPaths } from './check-doc-paths.ts'
import { checkFileSizes } from './check-file-sizes.ts'
import { checkLayers } from './check-layers.ts'
import { checkMigrations } from './check-migrations.ts'
import { checkNullShapes, checkOperationFiles, checkOperations, checkShapeNames } from './check-operations.ts'
import { checkProblemCodes } from './check-problem-codes.ts'
import { checkVariables } from './check-variables.ts'
import { TEST_FILES } from './layers.ts'
import { CODE, readSources } from './read-sources.ts'
import type { Check, Outcome } from './run-checks.ts'
import { runTool } from './run-tool.ts'

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'docs/**/*.md']
const TOP_FOLDERS = ['workers', 'durable-objects', 'db', 'migrations', 'packages', 'scripts', 'tests', 'docs']

/**
 * Every static check of the project, those that take longest first.
 * @param colour whether tools may colour what they write
 */
export function projectChecks(root: string, colour: boolean): readonly Check[] {
  const tool = async (name: string, ...args: string[]): Promise<Outcome> => {
    const { code, output } = await runTool(name, args, root, colour)
    return { failures: code === 0 ? [] : [output] }
  }
  // Kept beside the packages, so that a second run looks only at what changed.
  const types = (project: string, name: string) =>
    tool('tsc', '-p', project, '--incremental', '--tsBuildInfoFile', `node_modules/.cache/types-${name}.json`)

  return [
    { name: 'lint', run: () => tool('oxlint', '--type-aware', '--deny-warnings') },
    { name: 'types of the edge', run: () => types('tsconfig.json', 'edge') },
    { name: 'types of node', run: () => types('scripts', 'node') },
    { name: 'types of objects', run: () => types('durable-objects', 'objects') },
    { name: 'migrations', run: async () => ({ failures: await checkMigrations(root) }) },
    { name: 'format', run: () => tool('biome', 'check', '.') },
    {
      name: 'layers',
      run: () => {
        const sources = readSources(root, CODE)
        return { failures: [...checkLayers(sources), ...checkCycles(sources)] }
      },
    },
    { name: 'operations', run: () => operations(root) },
    { name: 'file sizes', run: () => checkFileSizes(readSources(root, CODE)) },
    {
      name: 'problem codes',
      run: () => {
        const tooling = ['packages/errors/registry.ts', 'packages/local-cloud/**', ...TEST_FILES]
        const sources = readSources(root, ['{workers,durable-objects,db,packages}/**/*.ts'], tooling)
        return { failures: checkProblemCodes(Object.keys(problemRegistry), sources) }
      },
    },
    {
      name: 'variables',
      run: async () => {
        const { Settings } = await import('../../workers/env.ts')
        const example = readFileSync(join(root, '.dev.vars.example'), 'utf8')
        return { failures: checkVariables(example, Object.keys(Settings.shape)) }
      },
    },
    {
      name: 'paths in documents',
      run: () => {
        const exists = (path: string) =>
          path.includes('*') ? globSync(path, { cwd: root }).length > 0 : existsSync(join(root, path))
        return { failures: checkDocPaths(readSources(root, DOCUMENTS), { topFolders: TOP_FOLDERS, exists }) }
      },
    },
  ]
}

/** The lists are values, so plain Node can read them. */
async function operations(root: string): Promise<Outcome> {
  const { apiOperations, rootOperations } = await import('../../workers/operations.ts')
  const { BASE_PATH } = await import('../../workers/app.ts')
  const listed = [...apiOperations, ...rootOperations]
  const lists = [
    { base: BASE_PATH, operations: apiOperations },
    { base: '', operations: rootOperations },
  ]
  const files = readSources(root, ['workers/*/*.ts'], ['workers/http/**'])
  const shapes = readSources(root, ['workers/**/*.ts'])
  const ids = listed.map((op) => op.id)
  return {
    failures: [
      ...checkOperations(lists),
      ...checkOperationFiles(files, ids),
      ...checkShapeNames(shapes),
      ...checkNullShapes(shapes),
    ],
    note: `${ids.length} operations`,
  }
}

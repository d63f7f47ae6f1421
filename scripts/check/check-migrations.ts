import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { runTool } from './run-tool.ts'

const IN_STEP = 'No schema changes'

/**
 * Whether the migrations say what the schema says: drizzle-kit generates into a copy, and nothing may come of it.
 * @param root the project; nothing is written there
 * @param schema the path of the schema from the root
 */
export async function checkMigrations(root: string, schema = 'db/schema/index.ts'): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    const folder = join(scratch, 'migrations')
    cpSync(join(root, 'migrations'), folder, { recursive: true })
    const before = readdirSync(folder)
    // drizzle-kit puts `./` before whatever it gets, so the path has to be a relative one.
    const flags = ['--dialect', 'postgresql', '--out', relative(root, folder)]

    const lineage = await runTool('drizzle-kit', ['check', ...flags], root)
    if (lineage.code !== 0) return [`migrations contradict each other\n${lineage.output}`]

    const generated = await runTool('drizzle-kit', ['generate', ...flags, '--schema', `./${schema}`], root)
    if (generated.output.includes(IN_STEP)) return []
    const added = readdirSync(folder).filter((name) => !before.includes(name))
    // drizzle-kit exits with 0 even when it wanted to ask whether a column was renamed, so the exit code says nothing.
    const difference =
      added.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n') || generated.output
    return [`db/schema has changes without a migration; run \`npm run db:generate\`\n${difference}`]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

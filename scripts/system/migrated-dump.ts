import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { applyMigrations } from './apply-migrations.ts'
import { projectPath } from './project.ts'

const CACHE = 'node_modules/.cache/margwa'

/**
 * A database with every migration applied, as a dump: loading it takes a third of the time of making it. Cached under
 * a name that changes with the migrations and with the lock file, which pins the database's version.
 */
export async function migratedDump(onProgress: (step: string) => void): Promise<Uint8Array> {
  const file = join(projectPath(CACHE), `${fingerprint()}.tar.gz`)
  if (existsSync(file)) return readFileSync(file)
  const database = await startDatabase({ onProgress })
  try {
    onProgress('applying migrations')
    await applyMigrations(database)
    const dump = await database.dump()
    mkdirSync(projectPath(CACHE), { recursive: true })
    // Two runs at once may both write: the rename makes either file whole.
    writeFileSync(`${file}.${process.pid}`, dump)
    renameSync(`${file}.${process.pid}`, file)
    return dump
  } finally {
    await database.close()
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(projectPath('migrations')).toSorted()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(projectPath(`migrations/${name}`)))
  }
  return hash
    .update(readFileSync(projectPath('package-lock.json')))
    .digest('hex')
    .slice(0, 16)
}

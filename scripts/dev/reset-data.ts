import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockDirectory } from '../../packages/local-cloud/database/directory-lock.ts'

/** Deletes everything kept; throws a DatabaseStartError while another process works with it. */
export async function resetData(dataDir: string): Promise<void> {
  const database = join(dataDir, 'database')
  // The lock is held until it goes with the rest, so that nobody starts in between.
  if (existsSync(database)) await lockDirectory(join(database, 'lock'), database)
  rmSync(dataDir, { recursive: true, force: true })
}

import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backend } from './backend.ts'
import { DatabaseStartError } from './database-start-error.ts'
import { lockDirectory } from './directory-lock.ts'
import { openEmbedded } from './embedded-backend.ts'

/**
 * Opens the database kept in a directory, creating it on the first call, or from `dump` if one is given.
 * The directory holds `lock` (who uses it), `cluster` (PostgreSQL's data directory) and, during the first
 * initialisation only, `unfinished`: a process killed then leaves that mark, and the next one starts over.
 * Committed data survive a kill at any other moment: PGlite writes the log to the file before it answers a commit, and
 * replays it on opening. (It never calls fsync, so a power failure is another matter.)
 */
export async function openDirectory(
  directory: string,
  dump: Uint8Array | undefined,
  onProgress: (step: string) => void,
): Promise<Backend> {
  const cluster = join(directory, 'cluster')
  const unfinished = join(directory, 'unfinished')
  await mkdir(directory, { recursive: true })
  const unlock = await lockDirectory(join(directory, 'lock'), directory)
  try {
    const backend = await open()
    return {
      ...backend,
      close: async () => {
        await backend.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }

  async function open(): Promise<Backend> {
    if (existsSync(cluster) && !existsSync(unfinished)) return await reopen()
    onProgress(dump ? 'loading the saved database' : 'creating the database')
    await writeFile(unfinished, '')
    await rm(cluster, { recursive: true, force: true })
    const backend = await openEmbedded({ directory: cluster, dump })
    await rm(unfinished)
    return backend
  }

  async function reopen(): Promise<Backend> {
    onProgress('opening the database')
    try {
      if (!existsSync(join(cluster, 'PG_VERSION'))) throw new Error('it is no PostgreSQL data directory')
      return await openEmbedded({ directory: cluster })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new DatabaseStartError(
        'broken',
        `The database in ${directory} cannot be opened (${reason}). To start again with an empty one, delete that directory.`,
        { cause: error },
      )
    }
  }
}

import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { DatabaseStartError } from './database-start-error.ts'
import { identify, isRunning } from './process-identity.ts'

/**
 * Takes the lock file, whose content names the process that holds it; a file left by a process that is gone is taken
 * over. Throws `DatabaseStartError` 'in_use' otherwise. Returns what gives it back.
 */
export async function lockDirectory(path: string, directory: string): Promise<() => Promise<void>> {
  const own = `${path}.${crypto.randomUUID()}`
  await writeFile(own, await identify(process.pid))
  try {
    // A link appears with its content, or not at all: nobody ever reads half a lock.
    while (!(await tryLink(own, path))) await removeStale(path, `${own}.stale`, directory)
  } finally {
    await rm(own)
  }
  return async () => await rm(path, { force: true })
}

async function tryLink(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function removeStale(path: string, aside: string, directory: string): Promise<void> {
  const holder = await readFile(path, 'utf8').catch(() => undefined)
  if (holder === undefined) return
  if (await isRunning(holder)) throw inUse(directory, holder)
  await rename(path, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => undefined)
  // Somebody else took the stale lock over in between: give theirs back.
  if (moved !== undefined && moved !== holder) await tryLink(aside, path)
  await rm(aside, { force: true })
}

function inUse(directory: string, holder: string): DatabaseStartError {
  const pid = Number.parseInt(holder, 10)
  const who = pid === process.pid ? 'this process' : `process ${pid}`
  return new DatabaseStartError('in_use', `The database in ${directory} is in use by ${who}. Stop it first.`)
}

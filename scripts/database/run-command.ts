import { DrizzleQueryError } from 'drizzle-orm'
import { DatabaseStartError, type LocalDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { showProgress } from '../dev/show-progress.ts'
import { MigrationError } from '../system/apply-migrations.ts'
import { openDatabase } from './open-database.ts'

/** Runs a command on the database with progress on the terminal, and says at the end what it did, or why not. */
export async function runCommand(
  work: (database: LocalDatabase, onProgress: (step: string) => void) => Promise<string>,
): Promise<void> {
  const progress = showProgress()
  try {
    const database = await openDatabase(progress.step)
    try {
      const outcome = await work(database, progress.step)
      progress.done()
      console.log(`\n  ${outcome} ${progress.seconds()} s\n`)
    } finally {
      await database.close()
    }
  } catch (error) {
    progress.done()
    console.error(`\n  ${explain(error)}\n`)
    process.exitCode = 1
  }
}

function explain(error: unknown): string {
  if (error instanceof DatabaseStartError || error instanceof MigrationError) return error.message
  // Drizzle's own message is the whole statement.
  if (error instanceof DrizzleQueryError)
    return `The database refused, and nothing was changed: ${error.cause?.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

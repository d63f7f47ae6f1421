import { DrizzleQueryError } from 'drizzle-orm'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'
import { migrate } from '../../db/migrate.ts'
import { projectPath } from './project.ts'
import { type NeonTarget, withNeonSocket } from './serve-neon.ts'

/** A database that the migrations do not fit, such as one of another branch. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** Applies the missing migrations to a local database, through the same protocol and driver as to Neon. */
export async function applyMigrations(database: NeonTarget): Promise<void> {
  try {
    await withNeonSocket(database, () => migrate(LOCAL_DATABASE_URL, projectPath('migrations')))
  } catch (error) {
    // Drizzle's own message is the whole statement.
    const reason = error instanceof DrizzleQueryError ? error.cause?.message : String(error)
    throw new MigrationError(
      `The migrations do not fit the database: ${reason}. Nothing was changed. \`npm run dev -- --reset\` starts afresh.`,
      { cause: error },
    )
  }
}

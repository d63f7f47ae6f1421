import { type LocalDatabase, startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { applyMigrations } from '../system/apply-migrations.ts'
import { projectPath } from '../system/project.ts'

/**
 * Opens the database that the commands work on, migrated: the one that `npm run dev` keeps, or the PostgreSQL or Neon
 * database at DATABASE_URL. Throws a DatabaseStartError, or a MigrationError.
 */
export async function openDatabase(onProgress: (step: string) => void): Promise<LocalDatabase> {
  const url = process.env['DATABASE_URL']
  const where = url ? { url } : { dataDir: projectPath('.margwa/database') }
  const database = await startDatabase({ onProgress, ...where })
  onProgress('applying migrations')
  await applyMigrations(database).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  return database
}

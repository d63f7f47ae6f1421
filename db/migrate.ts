import { Pool } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-serverless'
import { migrate as runMigrations } from 'drizzle-orm/neon-serverless/migrator'

/**
 * Applies the migrations that are missing, in one transaction. Over Neon's WebSocket protocol, since over HTTP there
 * are no transactions and a migration that fails would stay half done.
 */
export async function migrate(url: string, folder: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 })
  // A connection that breaks while idle has nothing to tell: the next query would.
  pool.on('error', () => undefined)
  try {
    await runMigrations(drizzle(pool), { migrationsFolder: folder })
  } finally {
    await pool.end()
  }
}

import { Pool } from 'pg'
import { type Db, openDb } from '#db/client.ts'
import { answerSql } from '#packages/local-cloud/database/answer-sql.ts'
import { startDatabase } from '#packages/local-cloud/database/start-database.ts'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'
import { applyMigrations } from '../system/apply-migrations.ts'

/** Many at once is the point: each request of a storm has a connection of its own, up to so many. */
export const STORM_CONNECTIONS = 120
const TIMEOUT_MS = 60_000

/**
 * A real PostgreSQL through the driver that the Worker uses, with every migration applied. Replaces `fetch`: nothing else in
 * a storm goes over the network.
 */
export async function openStormDatabase(url: string): Promise<{ db: Db; close(): Promise<void> }> {
  const database = await startDatabase({ url })
  try {
    await applyMigrations(database)
  } finally {
    await database.close()
  }
  const pool = new Pool({ connectionString: url, max: STORM_CONNECTIONS })
  pool.on('error', () => undefined)
  globalThis.fetch = (input, init) => answerSql(new Request(input, init), pool, TIMEOUT_MS)
  return { db: openDb(LOCAL_DATABASE_URL, TIMEOUT_MS), close: () => pool.end() }
}

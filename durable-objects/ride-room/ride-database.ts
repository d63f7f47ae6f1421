import { z } from 'zod'
import { type Db, openDb } from '#db/client.ts'
import { rideDatabase } from '#db/queries/traces/ride-database.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'

const Settings = z.object({
  DATABASE_URL: z.string(),
  DATABASE_TIMEOUT_MS: z.coerce.number().int().min(100).default(1400),
})

let database: Db | undefined

/** The database of the application's own settings, which the application checks; one for all rooms of the isolate. */
export function databaseOf(env: unknown): RideDatabase {
  return rideDatabase(() => {
    if (database) return database
    const { DATABASE_URL, DATABASE_TIMEOUT_MS } = Settings.parse(env)
    database = openDb(DATABASE_URL, DATABASE_TIMEOUT_MS)
    return database
  })
}

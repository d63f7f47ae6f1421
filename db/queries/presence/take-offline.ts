import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'

/**
 * Takes a driver offline whose devices are gone since then. Not who has said something since, and not who drives: on the
 * road a phone may well be without a network, or report over REST.
 */
export async function takeOffline(db: Db, userId: string, since: Date, now: Date): Promise<void> {
  await db.execute(
    sql`update drivers set online = false, updated_at = ${now}
      where user_id = ${userId} and online and updated_at <= ${since}
        and not exists (select 1 from rides where driver_id = ${userId} and status = 'started')`,
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { tellVisible } from '#db/queries/outbox/tell.ts'
import { addToTotals } from './count-reviews.ts'

/** The most reviews one sweep counts; the next one goes on. */
const BATCH_SIZE = 200

/** Counts the reviews that waited for the other side until their time was over. Returns how many. */
export async function publishReviews(db: Db, now: Date): Promise<number> {
  const published = await readRows(
    db,
    sql`with due as (
        select id from reviews where visible_at <= ${now} and counted_at is null and removed_at is null
        order by visible_at limit ${BATCH_SIZE} for update skip locked
      ), counted as (
        update reviews set counted_at = ${now} from due where reviews.id = due.id returning reviews.*
      ), totals as (${addToTotals('counted')}), told as (${tellVisible('counted', now)})
      select id from counted`,
    z.object({ id: z.string() }),
  )
  return published.length
}

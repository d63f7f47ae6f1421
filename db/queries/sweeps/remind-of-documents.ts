import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { tellDocuments } from '#db/queries/outbox/tell.ts'

/** Days before the last one on which a driver is reminded, the nearest first. */
const REMINDER_DAYS = [1, 15, 30] as const
const FARTHEST_DAYS = REMINDER_DAYS[2]
/** The most reminders one sweep writes; the next one goes on. */
const BATCH_SIZE = 100

/**
 * Has drivers reminded of documents that expire soon: 30, 15 and 1 days before, once each. Where several are due at once,
 * because it became valid late or nothing was swept for days, only the nearest is sent. Nobody is reminded while a
 * renewal waits. Returns how many.
 * @param today the day in India
 */
export async function remindOfDocuments(db: Db, today: string, now: Date): Promise<number> {
  const nearest = sql.join(
    REMINDER_DAYS.map((days) => sql`when expires_on - ${today}::date <= ${days}::int then ${days}::int`),
    sql` `,
  )
  const reminded = await readRows(
    db,
    sql`with due as (
        select id, driver_id, days from documents document, lateral (select case ${nearest} end as days) nearest
        where state = 'valid' and expires_on between ${today}::date and ${today}::date + ${FARTHEST_DAYS}::int
          and not exists (select 1 from document_reminders where document_id = document.id and days_before = days)
          and not exists (select 1 from documents renewal where renewal.driver_id = document.driver_id
            and renewal.kind = document.kind and renewal.vehicle_id is not distinct from document.vehicle_id
            and renewal.state = 'pending')
        order by expires_on limit ${BATCH_SIZE}
      ), reminder as (
        insert into document_reminders (document_id, days_before, sent_at)
        select id, days, ${now}::timestamptz from due
        on conflict do nothing
        returning document_id
      ), told as (${tellDocuments(sql`due join reminder on document_id = id`, 'document.expiring', now)})
      select document_id as id from reminder`,
    z.object({ id: z.string() }),
  )
  return reminded.length
}

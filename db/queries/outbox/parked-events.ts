import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'

const ParkedEventRow = z.object({
  id: z.string(),
  topic: z.string(),
  subject: z.string(),
  createdAt: z.coerce.date(),
  parkedAt: z.coerce.date(),
  attempts: z.number(),
  lastError: z.string().nullable(),
})
export type ParkedEventRow = z.infer<typeof ParkedEventRow>

/** Events that were given up, the newest first; without what they hold, which may be personal. */
export function listParkedEvents(
  db: Db,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<ParkedEventRow[]> {
  const older = before ? sql`and seq < (select seq from outbox where id = ${before})` : sql``
  return readRows(
    db,
    sql`select id, topic, subject, created_at as "createdAt", parked_at as "parkedAt", attempts, last_error as "lastError"
      from outbox where parked_at is not null ${older} order by seq desc limit ${limit}`,
    ParkedEventRow,
  )
}

/** Sends an event that was given up again, with all its tries. Undefined: it is not parked. */
export function retryEvent(
  db: Db,
  { id, actorId }: { id: string; actorId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`with again as (
        update outbox set parked_at = null, attempts = 0, available_at = ${now}
        where id = ${id} and parked_at is not null and delivered_at is null returning id
      ), audited as (${recordAudit('again', { actorId, action: 'event.retry', subject: sql`id` }, now)})
      select id from again`,
    z.object({ id: z.string() }),
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { channels } from '#packages/notifications/kinds.ts'

const ParkedRow = z.object({
  /** Of the notification. */
  id: z.string(),
  userId: z.string(),
  kind: z.string(),
  createdAt: z.coerce.date(),
  deliveries: z.array(
    z.object({
      channel: z.enum(channels),
      attempts: z.number(),
      lateAt: z.coerce.date(),
      lastError: z.string().nullable(),
    }),
  ),
})
export type ParkedRow = z.infer<typeof ParkedRow>

/** Notifications that could not be delivered some way, the newest first. */
export function listParkedDeliveries(
  db: Db,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<ParkedRow[]> {
  const older = before ? sql`and notification_id < ${before}` : sql``
  return readRows(
    db,
    sql`select note.id, note.user_id as "userId", note.kind, note.created_at as "createdAt",
        jsonb_agg(jsonb_build_object('channel', channel, 'attempts', attempts, 'lateAt', late_at, 'lastError', last_error)
          order by channel, target) as deliveries
      from deliveries join notifications note on note.id = notification_id
      where state = 'parked' ${older}
      group by note.id order by note.id desc limit ${limit}`,
    ParkedRow,
  )
}

/** Sends what was given up again, with all its tries; what no longer matters is not sent. Undefined: nothing of it is parked. */
export function retryDeliveries(
  db: Db,
  { id, actorId }: { id: string; actorId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`with again as (
        update deliveries set state = 'due', attempts = 0, next_at = ${now}
        where notification_id = ${id} and state = 'parked' returning notification_id
      ), one as (select distinct notification_id as id from again),
      audited as (${recordAudit('one', { actorId, action: 'delivery.retry', subject: sql`id` }, now)})
      select id from one`,
    z.object({ id: z.string() }),
  )
}

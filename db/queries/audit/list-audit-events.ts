import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'

const AuditEventRow = z.object({
  id: z.string(),
  actorId: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  at: z.coerce.date(),
})
export type AuditEventRow = z.infer<typeof AuditEventRow>

export interface AuditPage {
  subject?: string | undefined
  actor?: string | undefined
  /** Older than this event. */
  before?: string | undefined
  limit: number
}

/** What the staff did, newest first. */
export function listAuditEvents(
  db: Db,
  { subject, actor, before, limit }: AuditPage,
): Promise<AuditEventRow[]> {
  const about = subject ? sql`and subject = ${subject}` : sql``
  const by = actor ? sql`and actor_id = ${actor}` : sql``
  // Ids are random here: the order is that of the instants, and ids decide between those of one.
  const older = before ? sql`and (at, id) < (select at, id from audit_events where id = ${before})` : sql``
  return readRows(
    db,
    sql`select id, actor_id as "actorId", action, subject, details, at from audit_events
      where true ${about} ${by} ${older} order by at desc, id desc limit ${limit}`,
    AuditEventRow,
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { tellSignedOut } from '#db/queries/outbox/tell.ts'

export interface BanChange {
  userId: string
  actorId: string
  reason: string
  now: Date
}

const BannedRow = z.object({ id: z.string(), sessionIds: z.array(z.string()) })

/**
 * Bans a person: every session ends and its sockets are closed. To ban somebody again changes nothing but is on record.
 * Undefined: no such person. `sessionIds` are all that could still be known as signed in, also from a ban before whose
 * last step failed.
 *
 * The person is locked first: a sign-in at the same moment either is seen here, or sees the ban.
 */
export function banUser(db: Db, change: BanChange): Promise<z.infer<typeof BannedRow> | undefined> {
  const { userId, actorId, now } = change
  const details = sql`jsonb_build_object('reason', ${change.reason}::text)`
  return readRowLocked(
    db,
    sql`select id from users where id = ${userId} for update`,
    sql`with person as (
        update users set banned_at = coalesce(banned_at, ${now}) where id = ${userId} and deleted_at is null
        returning id
      ), ended as (
        update sessions set revoked_at = ${now}, revoked_reason = 'ban' from person
        where user_id = person.id and revoked_at is null
        returning sessions.*
      ), told as (${tellSignedOut('ended', now)}),
      audited as (${recordAudit('person', { actorId, action: 'user.ban', subject: sql`id`, details }, now)})
      select id, (select coalesce(jsonb_agg(id), '[]') from sessions where user_id = person.id and expires_at > ${now})
        as "sessionIds"
      from person`,
    BannedRow,
  )
}

/** Lets a person sign in again; their sessions stay ended. Undefined: no such person. */
export function unbanUser(db: Db, change: Omit<BanChange, 'reason'>): Promise<{ id: string } | undefined> {
  const { userId, actorId, now } = change
  return readRow(
    db,
    sql`with person as (
        update users set banned_at = null where id = ${userId} and deleted_at is null returning id
      ), audited as (${recordAudit('person', { actorId, action: 'user.unban', subject: sql`id` }, now)})
      select id from person`,
    z.object({ id: z.string() }),
  )
}

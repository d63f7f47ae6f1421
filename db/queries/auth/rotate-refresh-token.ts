import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { PersonRow, personColumns } from './person.ts'

const RotatedRow = PersonRow.extend({ sessionId: z.string() })

export interface Rotation {
  hash: string
  nextHash: string
  now: Date
  /** A token used after this instant may be used once more: its reply may have been lost on the way. */
  graceSince: Date
  expiresAt: Date
}

/** Replaces a refresh token by the next one of its session. Undefined: unknown, used, expired or signed out. */
export function rotateRefreshToken(
  db: Db,
  rotation: Rotation,
): Promise<z.infer<typeof RotatedRow> | undefined> {
  const { now } = rotation
  return readRow(
    db,
    sql`with used as (
        update refresh_tokens set used_at = coalesce(used_at, ${now})
        from sessions
        where hash = ${rotation.hash} and sessions.id = session_id
          and sessions.revoked_at is null and sessions.expires_at > ${now}
          and (used_at is null or used_at > ${rotation.graceSince})
        returning session_id
      ), next as (
        insert into refresh_tokens (hash, session_id, issued_at)
        select ${rotation.nextHash}, session_id, ${now}::timestamptz from used
      ), session as (
        update sessions set last_used_at = ${now}, expires_at = ${rotation.expiresAt}
        from used where sessions.id = used.session_id
        returning sessions.id, user_id
      )
      select ${sql.raw(personColumns)}, session.id as "sessionId"
      from session join users person on person.id = session.user_id and person.banned_at is null`,
    RotatedRow,
  )
}

/** Signs out the session whose used refresh token came back: somebody has a copy. Returns the session, if any. */
export function revokeReusedSession(db: Db, hash: string, now: Date): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`update sessions set revoked_at = ${now}, revoked_reason = 'reuse'
      from refresh_tokens
      where refresh_tokens.hash = ${hash} and refresh_tokens.used_at is not null
        and sessions.id = refresh_tokens.session_id and sessions.revoked_at is null
      returning sessions.id`,
    z.object({ id: z.string() }),
  )
}

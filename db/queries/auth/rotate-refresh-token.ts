import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { tellSignedOut } from '#db/queries/outbox/tell.ts'
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

/**
 * Replaces a refresh token by the next one of its session. Undefined: unknown, used, expired or signed out, or its person
 * is banned or gone; then it is as it was.
 */
export function rotateRefreshToken(
  db: Db,
  rotation: Rotation,
): Promise<z.infer<typeof RotatedRow> | undefined> {
  const { now } = rotation
  return readRow(
    db,
    sql`with used as (
        update refresh_tokens set used_at = coalesce(used_at, ${now})
        from sessions join users on users.id = sessions.user_id
        where hash = ${rotation.hash} and sessions.id = session_id
          and sessions.revoked_at is null and sessions.expires_at > ${now}
          and users.banned_at is null and users.deleted_at is null
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
      from session join users person on person.id = session.user_id`,
    RotatedRow,
  )
}

/**
 * Signs out the session whose used refresh token came back, and tells its sockets: somebody has a copy. Returns the
 * session, if any, also when that was done a moment ago, so that a repetition makes good what failed after it.
 * @param livingSince a session that was signed out after this instant may have access tokens that live
 */
export function revokeReusedSession(
  db: Db,
  hash: string,
  now: Date,
  livingSince: Date,
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`with revoked as (
        update sessions set revoked_at = coalesce(revoked_at, ${now}), revoked_reason = 'reuse'
        from refresh_tokens
        where refresh_tokens.hash = ${hash} and refresh_tokens.used_at is not null
          and sessions.id = refresh_tokens.session_id
          and (revoked_at is null or (revoked_reason = 'reuse' and revoked_at > ${livingSince}))
        returning sessions.id, sessions.user_id
      ), told as (${tellSignedOut('revoked', now)})
      select id from revoked`,
    z.object({ id: z.string() }),
  )
}

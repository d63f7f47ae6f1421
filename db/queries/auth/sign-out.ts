import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { tellSignedOut } from '#db/queries/outbox/tell.ts'

/** Which sessions of a person: one, all but one, or all. */
export type WhichSessions = { only: string } | { except: string } | 'all'

export interface SignOut {
  userId: string
  which: WhichSessions
  now: Date
  /** A session that was signed out after this instant may have access tokens that live. */
  livingSince: Date
}

/**
 * Signs sessions of a person out and tells their sockets. Returns the ids, also of those that were signed out a moment
 * ago, so that a repetition makes good what failed after the first time.
 */
export async function signOut(db: Db, { userId, which, now, livingSince }: SignOut): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`with revoked as (
        update sessions set revoked_at = coalesce(revoked_at, ${now}),
          revoked_reason = coalesce(revoked_reason, 'logout')
        where user_id = ${userId} and ${among(which)} and (revoked_at is null or revoked_at > ${livingSince})
        returning id, user_id
      ), told as (${tellSignedOut('revoked', now)})
      select id from revoked`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

function among(which: WhichSessions): SQL {
  if (which === 'all') return sql`true`
  return 'only' in which ? sql`id = ${which.only}` : sql`id <> ${which.except}`
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, writeLocked } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import type { DEVICE_PLATFORMS } from '#db/schema/index.ts'

export interface NewDevice {
  id: string
  userId: string
  sessionId: string
  pushToken: string
  platform: (typeof DEVICE_PLATFORMS)[number]
}

/**
 * Registers where a session gets its pushes, instead of where it got them before. A token that another session had moves along
 * with the device. Undefined: the session has ended.
 */
export function registerDevice(
  db: Db,
  { id, userId, sessionId, pushToken, platform }: NewDevice,
  now: Date,
): Promise<{ id: string } | undefined> {
  const own = sql`select id from devices where session_id = ${sessionId}`
  return writeLocked(
    db,
    {
      before: [
        // Two sessions that bring one token wait for each other here, and signing out waits for this.
        sql`select pg_advisory_xact_lock(hashtextextended(${pushToken}, 0))`,
        sql`select id from sessions where id = ${sessionId} for key share`,
        sql`delete from devices where push_token = ${pushToken} and session_id <> ${sessionId}`,
      ],
      write: sql`insert into devices (id, user_id, session_id, push_token, platform, created_at, updated_at)
        select ${id}::uuid, user_id, id, ${pushToken}, ${platform}, ${now}::timestamptz, ${now}::timestamptz from sessions
        where id = ${sessionId} and user_id = ${userId} and revoked_at is null
        on conflict (session_id) do update set push_token = excluded.push_token, platform = excluded.platform,
          updated_at = excluded.updated_at
        returning id`,
      view: own,
    },
    z.object({ id: z.string() }),
  )
}

/** Stops the pushes of sessions. */
export async function forgetDevices(db: Db, sessionIds: readonly string[]): Promise<void> {
  await db.execute(sql`delete from devices where session_id in ${idList(sessionIds)}`)
}

import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'

export type SessionItemRow = Pick<
  typeof sessions.$inferSelect,
  'id' | 'deviceName' | 'createdAt' | 'lastUsedAt'
>

/** The sessions of a person that are signed in, the newest first. */
export function listSessions(
  db: Db,
  userId: string,
  page: { before: string | undefined; limit: number },
  now: Date,
): Promise<SessionItemRow[]> {
  const { id, deviceName, createdAt, lastUsedAt } = sessions
  return db
    .select({ id, deviceName, createdAt, lastUsedAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        page.before === undefined ? undefined : lt(id, page.before),
      ),
    )
    .orderBy(desc(id))
    .limit(page.limit)
}

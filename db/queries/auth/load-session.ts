import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { drivers, sessions, users } from '#db/schema/index.ts'

export interface SessionRow {
  revoked: boolean
  isDriver: boolean
}

/** The standing of a session: signed out or not, and the roles of its user. Undefined: no such session. */
export async function loadSession(db: Db, sessionId: string, userId: string): Promise<SessionRow | undefined> {
  const [row] = await db
    .select({
      revoked: sql<boolean>`${sessions.revokedAt} is not null or ${users.bannedAt} is not null or ${users.deletedAt} is not null`,
      isDriver: sql<boolean>`${drivers.userId} is not null`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(drivers, eq(drivers.userId, users.id))
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
  return row
}

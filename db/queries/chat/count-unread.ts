import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { couldBeOf, takingPart, unreadOf } from './taking-part.ts'

const UnreadRow = z.object({ conversationId: z.string(), unread: z.number() })
export type UnreadRow = z.infer<typeof UnreadRow>

/** The conversations of a person in which something is unread, the newest first. */
export function countUnread(db: Db, userId: string): Promise<UnreadRow[]> {
  return readRows(
    db,
    sql`with part as (${takingPart(userId, couldBeOf(userId))}),
      counted as (select part.id as "conversationId", part.active_at, ${unreadOf(userId)} as unread from part)
      select "conversationId", unread from counted where unread > 0 order by active_at desc, "conversationId" desc`,
    UnreadRow,
  )
}

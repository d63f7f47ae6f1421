import { sql } from 'drizzle-orm'
import { type Db, readRow, readRows } from '#db/client.ts'
import { ConversationRow, conversationView } from './conversation-view.ts'
import { couldBeOf, takingPart } from './taking-part.ts'

/** A conversation that this person takes part in. */
export function loadConversation(db: Db, id: string, userId: string): Promise<ConversationRow | undefined> {
  return readRow(
    db,
    sql`with part as (${takingPart(userId, sql`conversation.id = ${id}`)}) ${conversationView(userId)}`,
    ConversationRow,
  )
}

export interface ConversationPage {
  userId: string
  /** Those that come after this place in the order. */
  after?: { activeAt: Date; id: string } | undefined
  limit: number
}

/** What somebody takes part in, the one with the newest message first. */
export function listConversations(
  db: Db,
  { userId, after, limit }: ConversationPage,
): Promise<ConversationRow[]> {
  const older = after
    ? sql`and (conversation.active_at, conversation.id) < (${after.activeAt}::timestamptz, ${after.id}::uuid)`
    : sql``
  return readRows(
    db,
    sql`with part as (
        ${takingPart(userId, sql`${couldBeOf(userId)} ${older}`)}
        order by conversation.active_at desc, conversation.id desc limit ${limit})
      ${conversationView(userId)} order by part.active_at desc, part.id desc`,
    ConversationRow,
  )
}

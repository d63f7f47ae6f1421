import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { MessageRow, messageView } from './message-view.ts'
import { moveMark } from './move-marks.ts'
import { takingPart } from './taking-part.ts'

export interface MessagePage {
  conversationId: string
  userId: string
  /** Older than this message. */
  before?: string | undefined
  limit: number
}

/**
 * What was said since somebody joined, newest first. Who asks for the newest has everything delivered: `moved` says that others
 * are to hear of that. Undefined: they take no part.
 */
export async function listMessages(
  db: Db,
  { conversationId, userId, before, limit }: MessagePage,
  now: Date,
): Promise<{ messages: MessageRow[]; moved: boolean } | undefined> {
  const mine = takingPart(userId, sql`conversation.id = ${conversationId}`)
  const older = before
    ? sql`and seq < (select seq from messages where id = ${before} and conversation_id = ${conversationId})`
    : sql``
  // Nothing can be marked that is not on the page: what comes in between is on the page only.
  const newest = sql`select part.id as conversation_id, part.last_seq as seq from (${mine}) part
    where ${before === undefined}`
  const [moved, part, page] = await db.batch([
    db.execute(moveMark(userId, 'delivered', newest, now)),
    db.execute(sql`with part as (${mine}) select id from part`),
    db.execute(sql`with part as (${mine}), message as (
        select messages.* from part join messages on conversation_id = part.id
        where seq > part.joined_seq ${older} order by seq desc limit ${limit})
      ${messageView} order by message.seq desc`),
  ])
  if (part.rows.length === 0) return undefined
  return { messages: page.rows.map((row) => MessageRow.parse(row)), moved: moved.rows.length > 0 }
}

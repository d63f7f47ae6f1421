import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { takingPart, unreadOf } from './taking-part.ts'
import { tellConversation } from './tell-conversation.ts'

export type Mark = 'delivered' | 'read'

/**
 * A statement that moves a member's mark forward, never back, and what was read has arrived. Where nothing moves, nothing is
 * written and nobody is told. Returns `conversation_id` where it moved.
 * @param target a query of `conversation_id` and `seq`, of what the person takes part in
 */
export function moveMark(userId: string, mark: Mark, target: SQL, now: Date): SQL {
  const column = sql.raw(`${mark}_seq`)
  const read = mark === 'read' ? sql`, read_seq = greatest(member.read_seq, target.seq)` : sql``
  return sql`with target as (${target}), moved as (
      update conversation_members member
      set delivered_seq = greatest(member.delivered_seq, target.seq) ${read}
      from target
      where member.conversation_id = target.conversation_id and member.user_id = ${userId} and member.left_at is null
        and target.seq > member.joined_seq and target.seq > member.${column}
      returning member.conversation_id, member.user_id
    ), told as (${tellConversation('moved', 'chat.receipt', sql`jsonb_build_object('userId', user_id)`, now)})
    select conversation_id from moved`
}

const MarksRow = z.object({
  conversationId: z.string(),
  deliveredSeq: z.coerce.number(),
  readSeq: z.coerce.number(),
  unread: z.number(),
})
export type MarksRow = z.infer<typeof MarksRow>

/** Marks everything up to a message as arrived or read. Undefined: no such message, or not for this person's eyes. */
export function markMessage(
  db: Db,
  { messageId, userId, mark }: { messageId: string; userId: string; mark: Mark },
  now: Date,
): Promise<MarksRow | undefined> {
  const own = takingPart(
    userId,
    sql`conversation.id = (select conversation_id from messages where id = ${messageId})`,
  )
  const target = sql`select message.conversation_id, message.seq from (${own}) part
    join messages message on message.id = ${messageId} and message.seq > part.joined_seq`
  return readRowLocked(
    db,
    moveMark(userId, mark, target, now),
    sql`with target as (${target}), part as (${own})
      select part.id as "conversationId", part.my_delivered_seq as "deliveredSeq", part.my_read_seq as "readSeq",
        ${unreadOf(userId)} as unread
      from part join target on target.conversation_id = part.id`,
    MarksRow,
  )
}

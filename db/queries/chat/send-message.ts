import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRowLocked } from '#db/client.ts'
import { isRiding } from '#db/queries/rides/on-ride.ts'
import type { MessageFlag } from '#packages/chat/message-flags.ts'
import { areFree, hasBooked, isOffered, isOpen } from './conditions.ts'
import { followBookings } from './follow-bookings.ts'
import { MessageRow, messageView } from './message-view.ts'
import { tellConversation } from './tell-conversation.ts'

export interface NewMessage {
  id: string
  conversationId: string
  senderId: string
  /** The sender's own id for it: what was sent before is not sent again. */
  clientId: string
  body: string | null
  fileId: string | null
  /** Kept where driver and passenger do not know each other yet. */
  flag: MessageFlag | null
}

/** The id of the other one in a direct conversation of the sender's. */
const other = (sender: SQL) =>
  sql`(case conversation.pair_low when ${sender} then conversation.pair_high else conversation.pair_low end)`

/** A condition on `conversation` and `ride`: it holds of the passenger of the pair; their driver has no booking on it. */
const ofPair = (condition: (userId: SQL) => SQL) =>
  sql`(${condition(sql`conversation.pair_low`)} or ${condition(sql`conversation.pair_high`)})`

/** A condition on `conversation` and `ride`: this member may write now. */
function mayWrite(sender: SQL, now: Date): SQL {
  return sql`(${isOpen(now)} and (conversation.kind = 'group' or (${areFree(sender, other(sender))}
    and (ride.driver_id = ${sender} or ${isOffered(now)} or ${ofPair(hasBooked)}))))`
}

/**
 * Writes a message behind the last one, with its outbox row. What the sender sent under this client id before is returned as it
 * is. Undefined: they may not write there, or the file is not theirs to attach; `inspectSending` says why.
 * Violates `messages_file_key` where the file is in another message already.
 */
export function sendMessage(db: Db, message: NewMessage, now: Date): Promise<MessageRow | undefined> {
  const { id, conversationId, senderId, clientId, fileId } = message
  const sender = sql`${senderId}::uuid`
  const withFile = fileId ? sql`and ${isAttachable(fileId, senderId)}` : sql``
  const write = sql`with known as (
      select * from messages
      where conversation_id = ${conversationId} and sender_id = ${senderId} and client_id = ${clientId}
    ), allowed as (
      select conversation.id, case
        when conversation.kind = 'direct' and not ${ofPair(isRiding)} then ${message.flag}::text end as flag
      from conversations conversation
      join rides ride on ride.id = conversation.ride_id
      join conversation_members mine on mine.conversation_id = conversation.id and mine.user_id = ${senderId}
        and mine.left_at is null
      join users person on person.id = mine.user_id and person.deleted_at is null and person.banned_at is null
      where conversation.id = ${conversationId} and not exists (select 1 from known)
        and ${mayWrite(sender, now)} ${withFile}
    ), numbered as (
      update conversations set last_seq = last_seq + 1, active_at = ${now} from allowed
      where conversations.id = allowed.id
      returning conversations.id, conversations.last_seq, allowed.flag
    ), written as (
      insert into messages (conversation_id, seq, id, sender_id, client_id, body, file_id, flag, created_at)
      select id, last_seq, ${id}::uuid, ${sender}, ${clientId}::uuid, ${message.body}::text, ${fileId}::uuid, flag,
        ${now}::timestamptz
      from numbered
      returning *
    ), told as (${tellConversation('written', 'chat.message', sql`jsonb_build_object('messageId', id, 'seq', seq)`, now)}),
    message as (select * from known union all select * from written)
    ${messageView}`
  const file = sql`select id from files where id = ${fileId} for update`
  const ahead = [
    lockToWrite(conversationId, senderId),
    followBookings(sql`conversation.id = ${conversationId}`, now),
  ] as const
  return readRowLocked(db, fileId ? [lockSender(senderId), file, ...ahead] : ahead, write, MessageRow)
}

/** Whose deletion waits for what they write, or is seen by it. */
const lockSender = (id: string) =>
  sql`select id from users where id = ${id} and deleted_at is null for key share`

/** Who writes takes this lock first; so messages are numbered one after the other, without gaps. */
const lockToWrite = (conversationId: string, senderId: string) => sql`with sender as (${lockSender(senderId)})
  select 1 from conversations where id = ${conversationId} and (select count(*) from sender) = 1 for no key update`

/** A condition: an upload for a conversation that is whole and this person's. */
export const isAttachable = (fileId: string, ownerId: string): SQL =>
  sql`exists (select 1 from files where files.id = ${fileId} and files.owner_id = ${ownerId}
    and files.purpose = 'chat_attachment' and files.state = 'ready')`

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { tellConversation } from './tell-conversation.ts'

/**
 * Takes the body and the file out of a message; it keeps its place. To delete it again changes nothing. Undefined: no such
 * message of this sender.
 */
export function deleteMessage(
  db: Db,
  { messageId, senderId }: { messageId: string; senderId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  const own = sql`messages where id = ${messageId} and sender_id = ${senderId}`
  const account = sql`select id from users where id = ${senderId} for key share`
  const file = sql`select id from files where id = (select file_id from ${own}) for update`
  return readRowLocked(
    db,
    [account, file],
    sql`with message as (
        select id, file_id from ${own} and deleted_at is null for no key update
      ), gone as (
        update messages set body = null, file_id = null, deleted_at = ${now} from message
        where messages.id = message.id
        returning messages.id, messages.conversation_id, messages.seq, message.file_id as former_file
      ), files_gone as (
        update files set state = 'deleted', deleted_at = ${now} from gone where files.id = former_file
      ), told as (${tellConversation('gone', 'chat.deleted', sql`jsonb_build_object('messageId', id, 'seq', seq)`, now)})
      select id from ${own}`,
    z.object({ id: z.string() }),
  )
}

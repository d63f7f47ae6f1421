import { type SQL, sql } from 'drizzle-orm'
import { tellConversation } from './tell-conversation.ts'

/** The locks under which a message is emptied, in their order: of its file, and its own. */
export const lockMessage = (id: SQL): readonly [SQL, SQL] => [
  sql`select 1 from files where id = (select file_id from messages where id = ${id}) for update`,
  sql`select 1 from messages where id = ${id} for no key update`,
]

/**
 * CTEs that take the body and the file out of a message, and tell of it; nothing where that was done before. Its locks are
 * held (`lockMessage`).
 */
export function emptyMessage(id: SQL, now: Date): SQL {
  return sql`said as (
      select id, file_id from messages where id = ${id} and deleted_at is null
    ), emptied as (
      update messages set body = null, file_id = null, deleted_at = ${now} from said where messages.id = said.id
      returning messages.id, messages.conversation_id, messages.seq
    ), files_gone as (
      update files set state = 'deleted', deleted_at = ${now} from said
      where files.id = said.file_id and files.state <> 'deleted'
    ), told as (${tellConversation('emptied', 'chat.deleted', sql`jsonb_build_object('messageId', id, 'seq', seq)`, now)})`
}

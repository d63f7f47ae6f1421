import { type SQL, sql } from 'drizzle-orm'
import { tell } from '#db/queries/outbox/tell.ts'

/**
 * As `tell`, for rows with a `conversation_id`. It holds ids only: what is said is read when it is told.
 * @param payload JSON made of columns of the source
 */
export function tellConversation(
  source: string,
  topic: 'chat.message' | 'chat.deleted' | 'chat.receipt',
  payload: SQL,
  now: Date,
): SQL {
  return tell(source, { topic, subject: sql`conversation_id`, payload }, now)
}

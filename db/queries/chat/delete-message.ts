import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { emptyMessage, lockMessage } from './empty-message.ts'

/**
 * Takes the body and the file out of a message; it keeps its place. To delete it again changes nothing. Undefined: no such
 * message of this sender.
 */
export function deleteMessage(
  db: Db,
  { messageId, senderId }: { messageId: string; senderId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  const own = sql`(select id from messages where id = ${messageId} and sender_id = ${senderId})`
  const account = sql`select id from users where id = ${senderId} for key share`
  return readRowLocked(
    db,
    [account, ...lockMessage(own)],
    sql`with ${emptyMessage(own, now)} select id from ${own} message`,
    z.object({ id: z.string() }),
  )
}

import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { idArray } from '#db/lists.ts'
import { moveMark } from './move-marks.ts'

/** Notes that these messages have arrived on a device of this person; of their own ones nothing is said. */
export async function markDelivered(
  db: Db,
  userId: string,
  messageIds: readonly string[],
  now: Date,
): Promise<void> {
  const target = sql`select conversation_id, max(seq) as seq from messages
    where id = any(${idArray(messageIds)}) and sender_id <> ${userId} group by conversation_id`
  await db.execute(moveMark(userId, 'delivered', target, now))
}

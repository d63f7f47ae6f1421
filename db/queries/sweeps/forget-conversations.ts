import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { KEPT_AFTER_RIDE_MS, OPEN_AFTER_RIDE_MS } from '#packages/chat/limits.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'

/** The most conversations one sweep deletes; the next one goes on. */
const BATCH_SIZE = 50

/**
 * Deletes conversations, with their messages, a year after their ride, unless somebody has reported a message of them. Files
 * that were attached are then nobody's, and go with the sweep of files. Returns how many.
 */
export async function forgetConversations(db: Db, now: Date): Promise<number> {
  const before = now.getTime() - KEPT_AFTER_RIDE_MS
  // Ids tell the age: none was begun later than people could write, so only old ones are looked at.
  const firstTooYoung = uuidv7(before + OPEN_AFTER_RIDE_MS)
  const forgotten = await readRows(
    db,
    sql`delete from conversations where id in (
        select conversation.id from conversations conversation join rides ride on ride.id = conversation.ride_id
        where conversation.id < ${firstTooYoung} and coalesce(ride.ended_at, ride.arrives_at) < ${new Date(before)}
          and not exists (select 1 from messages join reports on reports.subject_id = messages.id
            where reports.subject_kind = 'message' and messages.conversation_id = conversation.id)
        order by conversation.id limit ${BATCH_SIZE} for update of conversation skip locked)
      returning id`,
    z.object({ id: z.string() }),
  )
  return forgotten.length
}

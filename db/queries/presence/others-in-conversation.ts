import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isIn } from '#db/queries/chat/conditions.ts'

/** So many hear that somebody writes; a ride has fewer people. */
const MAX_LISTENERS = 64

/** The others of a conversation, but for who is in a block with that member. Nobody where the person is no member. */
export async function loadOthersInConversation(
  db: Db,
  conversationId: string,
  userId: string,
): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select other.user_id as id
      from conversation_members mine
        join conversation_members other on other.conversation_id = mine.conversation_id and other.user_id <> mine.user_id
        join conversations conversation on conversation.id = mine.conversation_id
        join rides ride on ride.id = conversation.ride_id
      where mine.conversation_id = ${conversationId} and mine.user_id = ${userId} and ${isIn('mine')} and ${isIn('other')}
        and not ${isBlockedPair(sql`mine.user_id`, sql`other.user_id`)}
      limit ${MAX_LISTENERS}`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

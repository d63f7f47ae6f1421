import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isIn, isOpen } from '#db/queries/chat/conditions.ts'
import { activeStates } from '#packages/booking/states.ts'

/**
 * Whom of these people a person may watch: who shows it, has no part in a block between the two, and shares a conversation
 * that is open with the person or a booking that holds seats, paid or in cash, one as its driver and one as its passenger.
 */
export async function loadWatchable(
  db: Db,
  userId: string,
  users: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select person.id from users person
      where person.id in ${idList(users)}
        and person.shows_presence and person.deleted_at is null and person.banned_at is null
        and not ${isBlockedPair(sql`${userId}::uuid`, sql`person.id`)}
        and (exists (
          select 1 from conversation_members mine
            join conversation_members theirs on theirs.conversation_id = mine.conversation_id
            join conversations conversation on conversation.id = mine.conversation_id
            join rides ride on ride.id = conversation.ride_id
          where mine.user_id = ${userId} and ${isIn('mine')} and theirs.user_id = person.id and ${isIn('theirs')}
            and ${isOpen(now)}
        ) or exists (
          select 1 from bookings booking join rides ride on ride.id = booking.ride_id
          where booking.state in ${activeStates} and booking.state <> 'unpaid' and ride.status in ('scheduled', 'started')
            and ((booking.passenger_id = ${userId} and ride.driver_id = person.id)
              or (booking.passenger_id = person.id and ride.driver_id = ${userId}))
        ))`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

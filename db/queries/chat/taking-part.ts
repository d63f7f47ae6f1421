import { type SQL, sql } from 'drizzle-orm'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { isIn } from './conditions.ts'

/**
 * The conversations that somebody takes part in, as rows of `conversations` with the ride's columns and the person's marks.
 *
 * The group of a ride follows its bookings: its driver and the passengers who ride along take part, and see what is written
 * from then on. Their rows are brought up to date by whoever writes (`followBookings`), before the message is numbered. So
 * nothing has been written since for who takes part and has no row yet, and who has one and does not take part any more gets
 * nothing new. A cancelled ride keeps the members whom it had to the end.
 * @param which more conditions on `conversation`
 */
export function takingPart(userId: string, which: SQL): SQL {
  const me = sql`${userId}::uuid`
  const joined = sql`case when mine.left_at is null then coalesce(mine.joined_seq, conversation.last_seq)
    else conversation.last_seq end`
  return sql`select conversation.*, ${joined} as joined_seq, greatest(mine.read_seq, ${joined}) as my_read_seq,
      greatest(mine.delivered_seq, ${joined}) as my_delivered_seq,
      ride.status as ride_status, ride.departs_at, ride.arrives_at, ride.ended_at, ride.driver_id
    from conversations conversation
    join rides ride on ride.id = conversation.ride_id
    left join conversation_members mine on mine.conversation_id = conversation.id and mine.user_id = ${me}
    where ${which} and case
      when conversation.kind = 'direct' then mine.user_id is not null
      when ride.status = 'cancelled' then mine.user_id is not null and ${isIn('mine')}
      else ${isOnRide(me)} end`
}

/** A condition for `takingPart`: what can be somebody's at all, by index. */
export function couldBeOf(userId: string): SQL {
  return sql`conversation.id in (
    select conversation_id from conversation_members where user_id = ${userId} and left_at is null
    union select groups.id from conversations groups join bookings on bookings.ride_id = groups.ride_id
    where groups.kind = 'group' and bookings.passenger_id = ${userId})`
}

/** How many messages of others somebody has not read, in a row of `takingPart` called `part`. Counted, never kept. */
export const unreadOf = (userId: string): SQL =>
  sql`(select count(*)::int from messages where messages.conversation_id = part.id
    and messages.seq > part.my_read_seq and messages.sender_id <> ${userId} and messages.deleted_at is null)`

import { type SQL, sql } from 'drizzle-orm'
import { ridingStates } from '#packages/booking/states.ts'
import { isIn } from './conditions.ts'

/**
 * Brings the members of a group up to date with the bookings of its ride: who rides along joins, behind the last message, and
 * who does not any more leaves. Once the ride is cancelled nobody joins, and whose booking ended with it stays: there is
 * something to talk about. Nothing happens in a direct conversation. The lock of the conversation is held.
 * @param which a condition on `conversation`
 */
export function followBookings(which: SQL, now: Date): SQL {
  return sql`with due as (
      select conversation.id, conversation.last_seq, person.user_id
      from conversations conversation join rides ride on ride.id = conversation.ride_id
        cross join lateral (
          select ride.driver_id as user_id
          union select passenger_id from bookings where ride_id = ride.id and state in ${ridingStates}
        ) person
      where conversation.kind = 'group' and ride.status <> 'cancelled' and ${which}
    ), joined as (
      insert into conversation_members as member
        (conversation_id, user_id, joined_at, joined_seq, delivered_seq, read_seq)
      select id, user_id, ${now}::timestamptz, last_seq, last_seq, last_seq from due
      -- Who is in already is left alone, also by locks: they may be reading.
      where not exists (select 1 from conversation_members here
        where here.conversation_id = due.id and here.user_id = due.user_id and here.left_at is null)
      on conflict (conversation_id, user_id) do update set left_at = null, joined_at = excluded.joined_at,
        joined_seq = excluded.joined_seq, delivered_seq = excluded.delivered_seq, read_seq = excluded.read_seq
      where member.left_at is not null
    )
    update conversation_members gone set left_at = ${now}
    from conversations conversation join rides ride on ride.id = conversation.ride_id
    where gone.conversation_id = conversation.id and ${which} and gone.left_at is null and not ${isIn('gone')}`
}

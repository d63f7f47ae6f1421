import { type SQL, sql } from 'drizzle-orm'
import { holdStates } from '#packages/booking/states.ts'

/**
 * The seats on the current row of `ride_legs` that are held by bookings nobody answered or took up in time: free, though no sweep
 * has given them back yet.
 */
export function lapsedSeats(now: Date): SQL {
  return sql`(select coalesce(sum(held.seats), 0) from bookings held
    where held.ride_id = ride_legs.ride_id and held.state in ${holdStates} and held.expires_at <= ${now}
      and ride_legs.leg >= held.leg_from and ride_legs.leg < held.leg_to)`
}

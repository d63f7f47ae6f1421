import { type SQL, sql } from 'drizzle-orm'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { holdStates } from '#packages/booking/states.ts'
import { endEntries } from './end-entries.ts'
import { recordTransitions } from './record-transitions.ts'
import { releaseSeats, seekPassengers } from './release-seats.ts'

/** The columns that a booking changes when its hold ends. Where nothing was asked of the driver it leaves no deadline behind. */
export const expireColumns = (now: Date): SQL =>
  sql`state = 'expired', updated_at = ${now}, expires_at = case state when 'pending' then expires_at end`

/** What else happens when the bookings in the CTE `lapsed` end: more CTEs. */
export const afterLapse = (actorId: string | null, now: Date): SQL => sql`${releaseSeats('lapsed')},
  lapsed_entries as (${endEntries('lapsed', 'lapsed', now)}),
  lapsed_steps as (${recordTransitions('lapsed', actorId, now)}),
  told_lapsed as (${tellBookings('lapsed', 'booking.updated', now)})`

/**
 * A statement that ends the offers and unanswered bookings of a ride whose time is over, and gives their seats back. The lock of
 * the ride is held (`lockRide`). Returns how many, as `lapsed`.
 */
export function lapseHolds(rideId: string, now: Date): SQL {
  return sql`with lapsed as (
      update bookings set ${expireColumns(now)}
      where ride_id = ${rideId} and state in ${holdStates} and expires_at <= ${now}
      returning *
    ), ${afterLapse(null, now)}, sought as (${seekPassengers('lapsed')})
    select count(*)::int as lapsed from lapsed`
}

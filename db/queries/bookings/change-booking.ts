import { type SQL, sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { endEntries } from '#db/queries/seats/end-entries.ts'
import { lockRideOf } from '#db/queries/seats/lock-ride.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { releaseSeats, seekPassengers } from '#db/queries/seats/release-seats.ts'
import type { BookingSide } from '#packages/booking/sides.ts'
import { type BookingState, holdStates } from '#packages/booking/states.ts'
import { BookingRow, bookingById, rideChanged } from './booking-view.ts'

export interface BookingChange {
  bookingId: string
  /** Who changes it, and as which side of the booking. */
  actorId: string
  side: BookingSide
  /** The states the change may start from. */
  from: readonly BookingState[]
  to: BookingState
  /** Whether the seats become free again. */
  releases: boolean
  /** What the actor has been shown, where the change is only wanted as long as that is still so. */
  seen?: Pick<BookingRow, 'state' | 'pickupAt' | 'rideChanged'> | undefined
  now: Date
}

/**
 * Moves a booking to another state, gives its seats back where asked, and writes its history and the outbox row, in one
 * statement. Nobody is absent before the ride has started or was to fetch them.
 * Undefined: not there, not the actor's, in none of the states, not as it was seen, or a hold that has lapsed.
 */
export function changeBooking(db: Db, change: BookingChange): Promise<BookingRow | undefined> {
  const { bookingId, actorId, seen, to, now } = change
  const owner: SQL = change.side === 'driver' ? sql`rides.driver_id` : sql`bookings.passenger_id`
  const cancelledBy: SQL = to === 'cancelled' ? sql`${change.side}` : sql`null`
  const answers = change.side === 'driver' && (to === 'confirmed' || to === 'rejected')
  const answeredAt: SQL = answers ? sql`${now}` : sql`answered_at`
  const asSeen: SQL = seen
    ? sql`and bookings.state = ${seen.state} and bookings.pickup_at = ${seen.pickupAt}
        and ${rideChanged('bookings')} = ${seen.rideChanged}`
    : sql``
  const due: SQL =
    to === 'no_show' ? sql`and (rides.status = 'started' or bookings.pickup_at <= ${now})` : sql``
  const release: SQL = change.releases
    ? sql`${releaseSeats('booking')}, entries as (${endEntries('booking', 'left', now)}),
      sought as (${seekPassengers('booking')}),`
    : sql``
  const write = sql`with booking as (
      update bookings set state = ${to}, updated_at = ${now}, expires_at = null, cancelled_by = ${cancelledBy},
        answered_at = ${answeredAt}
      from rides
      where bookings.id = ${bookingId} and rides.id = bookings.ride_id and ${owner} = ${actorId}
        and bookings.state in ${change.from} and (bookings.state not in ${holdStates} or bookings.expires_at > ${now})
        ${asSeen} ${due}
      returning bookings.*
    ), ${release} steps as (${recordTransitions('booking', actorId, now)}),
    told as (${tellBookings('booking', 'booking.updated', now)})
    select id from booking`
  return writeLocked(db, { before: [lockRideOf(bookingId)], write, view: bookingById(bookingId) }, BookingRow)
}

import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import type { BookingState } from '#packages/booking/states.ts'
import { BookingRow, bookingView } from './booking-view.ts'
import { releaseLegs } from './release-legs.ts'

export interface BookingChange {
  bookingId: string
  /** Who changes it, and as which side of the booking. */
  actorId: string
  side: 'driver' | 'passenger'
  /** The states the change may start from. */
  from: readonly BookingState[]
  to: BookingState
  /** Whether the seats become free again. */
  releases: boolean
  now: Date
}

/**
 * Moves a booking to another state, gives its seats back where asked, and writes the outbox row, in one statement.
 * Undefined: not there, not the actor's, in none of the states, or a hold that has lapsed.
 */
export function changeBooking(db: Db, change: BookingChange): Promise<BookingRow | undefined> {
  const { now } = change
  const owner: SQL = change.side === 'driver' ? sql`rides.driver_id` : sql`bookings.passenger_id`
  const cancelledBy: SQL = change.to === 'cancelled' ? sql`${change.side}` : sql`null`
  const release: SQL = change.releases ? sql`${releaseLegs('booking')},` : sql``
  return readRow(
    db,
    sql`with booking as (
        update bookings set state = ${change.to}, updated_at = ${now}, expires_at = null, cancelled_by = ${cancelledBy}
        from rides
        where bookings.id = ${change.bookingId} and rides.id = bookings.ride_id and ${owner} = ${change.actorId}
          and bookings.state in ${change.from}
          and (bookings.state <> 'pending' or bookings.expires_at > ${now})
        returning bookings.*
      ), ${release} told as (${tellBookings('booking', 'booking.updated', now)})
      ${bookingView}`,
    BookingRow,
  )
}

import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { endEntries } from '#db/queries/seats/end-entries.ts'
import { lockRideOf } from '#db/queries/seats/lock-ride.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { ANSWER_MS } from '#packages/booking/answer-deadline.ts'
import { BookingRow, bookingById } from './booking-view.ts'

/**
 * Takes up the seats that are held for a passenger who waited: confirmed on an instant route, else the driver answers.
 * Undefined: not there, not theirs, no offer (any more), or the ride takes no passengers any more.
 */
export function takeUpOffer(
  db: Db,
  { bookingId, passengerId }: { bookingId: string; passengerId: string },
  now: Date,
): Promise<BookingRow | undefined> {
  const answerBy = new Date(now.getTime() + ANSWER_MS)
  const write = sql`with booking as (
      update bookings set updated_at = ${now},
        state = case routes.booking_mode when 'instant' then 'confirmed' else 'pending' end,
        expires_at = case routes.booking_mode when 'instant' then null
          else least(${answerBy}::timestamptz, rides.departs_at) end
      from rides join routes on routes.id = rides.route_id
      where bookings.id = ${bookingId} and bookings.passenger_id = ${passengerId} and rides.id = bookings.ride_id
        and rides.status = 'scheduled' and bookings.state = 'offered' and bookings.expires_at > ${now}
        and not ${isBlockedPair(sql`bookings.passenger_id`, sql`rides.driver_id`)}
      returning bookings.*
    ), entries as (${endEntries('booking', 'booked', now)}),
    steps as (${recordTransitions('booking', passengerId, now)}),
    told as (${tellBookings('booking', 'booking.updated', now)})
    select id from booking`
  return writeLocked(db, { before: [lockRideOf(bookingId)], write, view: bookingById(bookingId) }, BookingRow)
}

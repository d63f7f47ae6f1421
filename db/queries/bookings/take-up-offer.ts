import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { endEntries } from '#db/queries/seats/end-entries.ts'
import { lockRideOf } from '#db/queries/seats/lock-ride.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { ANSWER_MS } from '#packages/booking/answer-deadline.ts'
import type { Paying } from '#packages/booking/paying.ts'
import { BookingRow, bookingById } from './booking-view.ts'
import { payWay, takenColumns, takesPayment } from './pay-way.ts'

/**
 * Takes up the seats that are held for a passenger who waited: confirmed on an instant route, else the driver answers; who pays
 * online is held them until that is done, and the offer stands until then.
 * Undefined: not there, not theirs, no offer (any more), or the ride takes no passengers any more, or not this payment.
 */
export function takeUpOffer(
  db: Db,
  { bookingId, passengerId, paying }: { bookingId: string; passengerId: string; paying: Paying },
  now: Date,
): Promise<BookingRow | undefined> {
  const answerBy = new Date(now.getTime() + ANSWER_MS)
  const taken = takenColumns(paying, sql`${answerBy}::timestamptz`)
  const write = sql`with offer as (
      select bookings.id as offer_id, rides.departs_at, routes.booking_mode, ${payWay(paying)} as way
      from bookings join rides on rides.id = bookings.ride_id join routes on routes.id = rides.route_id
      where bookings.id = ${bookingId} and bookings.passenger_id = ${passengerId}
        and rides.status = 'scheduled' and bookings.state = 'offered' and bookings.expires_at > ${now}
        and not ${isBlockedPair(sql`bookings.passenger_id`, sql`rides.driver_id`)} and ${takesPayment(paying)}
    ), booking as (
      update bookings set updated_at = ${now}, state = ${taken.state}, pay_with = way, fee_amount = ${taken.feeAmount},
        expires_at = least(${taken.expiresAt}, case when way = 'online' or booking_mode <> 'instant' then departs_at end)
      from offer where bookings.id = offer_id
      returning bookings.*
    ), settled as (
      select * from booking where state <> 'unpaid'
    ), entries as (${endEntries('settled', 'booked', now)}),
    steps as (${recordTransitions('booking', passengerId, now)}),
    told as (${tellBookings('booking', 'booking.updated', now)})
    select id from booking`
  return writeLocked(db, { before: [lockRideOf(bookingId)], write, view: bookingById(bookingId) }, BookingRow)
}

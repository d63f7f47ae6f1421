import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { assignPlaces, takeLegs, takePlaces } from '#db/queries/seats/assign-places.ts'
import { fitsEntry } from '#db/queries/seats/fitting-entry.ts'
import { lapseHolds } from '#db/queries/seats/lapse-holds.ts'
import { lockRideFor } from '#db/queries/seats/lock-ride.ts'
import { policyAt } from '#db/queries/seats/policy-at.ts'
import { isForOthers, isOutdated } from '#db/queries/seats/quote-conditions.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { keepsWishes, passageOfQuote } from '#db/queries/seats/same-gender.ts'
import type { Paying } from '#packages/booking/paying.ts'
import type { OpenQuote } from '#packages/quotes/quote.ts'
import { BookingRow, bookingById } from './booking-view.ts'
import { payWay, takenColumns, takesPayment } from './pay-way.ts'

export interface NewBooking {
  id: string
  quote: OpenQuote
  /** The seats by name, as many as the quote has; null: whichever fit best, where the ride has a seat map. */
  seatIds: readonly string[] | null
  /** Whether the passenger rides only with people of their own gender. */
  sameGender?: boolean
  /** How long the driver may take to answer, where the route is not instant. */
  answerBy: Date
  paying: Paying
}

/**
 * Books what a quote offers: takes the seats of its legs and the named ones, and writes the booking, its history and its
 * outbox row in one statement, after holds of the ride that have lapsed gave their seats back. Who waited for seats of the
 * ride waits no more. Who pays online is held the seats until `payBy`, and nobody is told before they are paid.
 * Undefined: `inspectClaim` says why.
 * Violates `ride_legs_taken_check` when a leg is full, `booking_seats_no_overlap`, `bookings_one_active`, `bookings_quote_key`.
 */
export function claimSeats(
  db: Db,
  { id, quote, seatIds, answerBy, paying, sameGender = false }: NewBooking,
  now: Date,
): Promise<BookingRow | undefined> {
  const { passengerId, rideId, seats, pickup, dropoff } = quote
  const [legFrom, legTo] = [sql`${quote.legFrom}::int`, sql`${quote.legTo}::int`]
  const places = assignPlaces({ ride: 'ride', legFrom, legTo, seats: sql`${seats}::int`, chosen: seatIds })
  const passage = passageOfQuote(quote, sameGender)
  const taken = takenColumns(paying, sql`${answerBy}::timestamptz`)
  const write = sql`with ride as (
      select rides.id, rides.vehicle_id, rides.seat_map_version, routes.booking_mode, ${payWay(paying)} as way
      from rides join routes on routes.id = rides.route_id
        join users on users.id = ${passengerId} and users.deleted_at is null
      where rides.id = ${rideId} and rides.status = 'scheduled' and rides.departs_at > ${now}
        and rides.driver_id <> ${passengerId} and not ${isOutdated(quote)} and not ${isForOthers(quote)}
        and not ${isBlockedPair(sql`${passengerId}::uuid`, sql`rides.driver_id`)} and ${keepsWishes(passage)}
        and ${takesPayment(paying)}
        -- Who waits comes first.
        and not exists (select 1 from waitlist_entries entry where entry.ride_id = rides.id
          and entry.passenger_id <> ${passengerId} and entry.leg_from < ${legTo} and entry.leg_to > ${legFrom}
          and ${fitsEntry(now)})
    ), ${places}, wanted as (
      select id as ride_id, booking_mode, way, ${legFrom} as leg_from, ${legTo} as leg_to, ${seats}::int as seats
      from ride
      where (select count(*) from ride_legs where ride_id = ride.id and leg >= ${legFrom} and leg < ${legTo})
          = ${legTo} - ${legFrom}
        and ${seatIds ? sql`(select count(*) from assigned) = ${seatIds.length}` : sql`true`}
    ), taken as (${takeLegs('wanted')}), booking as (
      insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
        pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at,
        policy_version, fare_amount, pay_with, fee_amount, currency, same_gender, expires_at, created_at, updated_at)
      select ${id}::uuid, ${quote.id}::uuid, ride_id, ${passengerId}::uuid, seats, leg_from, leg_to,
        ${taken.state},
        ${pickup.lat}::float8, ${pickup.lng}::float8, ${new Date(pickup.at)}::timestamptz,
        ${dropoff.lat}::float8, ${dropoff.lng}::float8, ${new Date(dropoff.at)}::timestamptz,
        ${policyAt(new Date(quote.issuedAt))}, ${quote.fareAmount}::int, way, ${taken.feeAmount}, ${quote.currency},
        ${sameGender}::boolean, ${taken.expiresAt}, ${now}::timestamptz, ${now}::timestamptz
      from wanted where (select count(*) from taken) = leg_to - leg_from
      returning *
    ), seated as (${takePlaces}),
    entries as (
      -- Until it is paid it is an offer that can still be lost.
      update waitlist_entries set state = case booking.state when 'unpaid' then 'offered' else 'booked' end,
        booking_id = booking.id, updated_at = ${now} from booking
      where waitlist_entries.ride_id = booking.ride_id and waitlist_entries.passenger_id = booking.passenger_id
        and waitlist_entries.state = 'waiting'
    ), steps as (${recordTransitions('booking', passengerId, now)}),
    settled as (select * from booking where state <> 'unpaid'), told as (${tellBookings('settled', 'booking.new', now)})
    select id from booking`
  const before = [lockRideFor(passengerId, rideId), lapseHolds(rideId, now)] as const
  return writeLocked(db, { before, write, view: bookingById(id) }, BookingRow)
}

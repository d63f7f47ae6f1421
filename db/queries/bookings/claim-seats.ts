import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import type { bookings } from '#db/schema/index.ts'
import { BookingRow, bookingView } from './booking-view.ts'

type Booking = typeof bookings.$inferInsert

export interface NewBooking
  extends Omit<Booking, 'state' | 'expiresAt' | 'createdAt' | 'updatedAt' | 'cancelledBy'> {
  /** How long the driver may take to answer, where the route is not instant. */
  answerBy: Date
}

/**
 * Books seats on legs [legFrom, legTo): takes the seats and writes the booking and its outbox row in one statement.
 * Holds on this ride that have lapsed give their seats back first, so an unswept hold never blocks anyone.
 * Undefined: the ride takes no bookings (any more) or is the passenger's own.
 * Violates `ride_legs_taken_check` when a leg is full, `bookings_one_active`, `bookings_quote_key`.
 */
export function claimSeats(db: Db, booking: NewBooking, now: Date): Promise<BookingRow | undefined> {
  return readRow(
    db,
    sql`with ride as (
        select rides.id, routes.booking_mode from rides join routes on routes.id = rides.route_id
        where rides.id = ${booking.rideId} and rides.status = 'scheduled' and rides.departs_at > ${now}
          and rides.driver_id <> ${booking.passengerId}
        for share of rides
      ), lapsed as (
        update bookings set state = 'expired', updated_at = ${now}
        where ride_id = (select id from ride) and state = 'pending' and expires_at <= ${now}
        returning *
      ), locked_legs as (
        select leg from ride_legs
        where ride_id = (select id from ride) and (select count(*) from lapsed) >= 0
        order by leg for update
      ), claimed_legs as (
        update ride_legs set taken = taken
          - (select coalesce(sum(seats), 0) from lapsed where ride_legs.leg >= leg_from and ride_legs.leg < leg_to)
          + case when ride_legs.leg >= ${booking.legFrom} and ride_legs.leg < ${booking.legTo} then ${booking.seats}::int else 0 end
        from locked_legs
        where ride_id = (select id from ride) and ride_legs.leg = locked_legs.leg
        returning ride_legs.leg
      ), booking as (
        insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
          pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at,
          fare_amount, currency, expires_at, created_at, updated_at)
        select ${booking.id}::uuid, ${booking.quoteId}::uuid, ride.id, ${booking.passengerId}::uuid,
          ${booking.seats}::int, ${booking.legFrom}::int, ${booking.legTo}::int,
          case ride.booking_mode when 'instant' then 'confirmed' else 'pending' end,
          ${booking.pickupLat}::float8, ${booking.pickupLng}::float8, ${booking.pickupAt}::timestamptz,
          ${booking.dropoffLat}::float8, ${booking.dropoffLng}::float8, ${booking.dropoffAt}::timestamptz,
          ${booking.fareAmount}::int, ${booking.currency},
          case ride.booking_mode when 'instant' then null else ${booking.answerBy}::timestamptz end,
          ${now}::timestamptz, ${now}::timestamptz
        from ride
        where (select count(*) from claimed_legs where leg >= ${booking.legFrom} and leg < ${booking.legTo})
          = ${booking.legTo}::int - ${booking.legFrom}::int
        returning *
      ), told_booking as (${tellBookings('booking', 'booking.new', now)}),
      told_lapsed as (${tellBookings('lapsed', 'booking.updated', now)})
      ${bookingView}`,
    BookingRow,
  )
}

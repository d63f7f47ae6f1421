import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { activeStates, bookingStates } from '#packages/booking/states.ts'
import { payWays } from '#packages/payments/states.ts'
import { CancellationRule } from '#packages/refunds/cancellation-rule.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** A state that a booking came to; nobody's doing where time did it. */
const TransitionRow = z.object({
  state: z.enum(bookingStates),
  actorId: z.string().nullable(),
  at: z.coerce.date(),
})
export type TransitionRow = z.infer<typeof TransitionRow>

/** A booking as it is shown to its two sides; `phone`s are for the presenter to mask. */
export const BookingRow = z.object({
  id: z.string(),
  rideId: z.string(),
  rideStatus: z.enum(rideStates),
  departsAt: z.coerce.date(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  driverPhone: z.string().nullable(),
  driverRating: RatingRow,
  passengerId: z.string(),
  passengerName: z.string().nullable(),
  passengerPhone: z.string().nullable(),
  passengerRating: RatingRow,
  seats: z.number(),
  legFrom: z.number(),
  legTo: z.number(),
  state: z.enum(bookingStates),
  pickupLat: z.number(),
  pickupLng: z.number(),
  pickupAt: z.coerce.date(),
  dropoffLat: z.number(),
  dropoffLng: z.number(),
  dropoffAt: z.coerce.date(),
  sameGender: z.boolean(),
  fareAmount: z.number(),
  payWith: z.enum(payWays),
  /** What the platform takes for booking, its tax included. */
  feeAmount: z.number(),
  /** What came in online for it; a second payment for the same booking does not count. */
  paidAmount: z.number(),
  /** What operations gave back of that before it was settled. */
  givenAmount: z.number(),
  /** Of the route. */
  cashAccepted: z.boolean(),
  currency: z.string(),
  expiresAt: z.coerce.date().nullable(),
  cancelledBy: z.enum(bookingSides).nullable(),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
  /** The named seats; fewer than `seats`, or none, where no single seat was free all the way. */
  seatIds: z.array(z.string()),
  /** From the first on; empty for what was not booked through the API. */
  history: z.array(TransitionRow),
  /** Of the cancellation policy it was made under. */
  rule: CancellationRule,
  /** Whether the driver changed the ride materially between the booking and its end. */
  rideChanged: z.boolean(),
})
export type BookingRow = z.infer<typeof BookingRow>

/** A condition on a row of `bookings` with this name: the ride was changed materially after it was made. */
export function rideChanged(booking: string): SQL {
  const of = (column: string) => sql.raw(`${booking}.${column}`)
  return sql`exists (select 1 from ride_changes change where change.ride_id = ${of('ride_id')} and change.material
    and change.at >= ${of('created_at')}
    and (change.at <= ${of('updated_at')} or ${of('state')} in ${activeStates}))`
}

/** Reads BookingRows from a relation called `booking` that has the columns of `bookings`. */
export const bookingView = sql`select booking.id, booking.ride_id as "rideId", ride_of.status as "rideStatus",
    ride_of.departs_at as "departsAt", ride_of.driver_id as "driverId", driver.name as "driverName",
    driver.phone as "driverPhone", ${ratingOf('ride_of.driver_id', 'driver')} as "driverRating",
    ${ratingOf('booking.passenger_id', 'passenger')} as "passengerRating", booking.passenger_id as "passengerId", passenger.name as "passengerName",
    passenger.phone as "passengerPhone", booking.seats, booking.leg_from as "legFrom", booking.leg_to as "legTo",
    booking.state, booking.pickup_lat as "pickupLat", booking.pickup_lng as "pickupLng", booking.pickup_at as "pickupAt",
    booking.dropoff_lat as "dropoffLat", booking.dropoff_lng as "dropoffLng", booking.dropoff_at as "dropoffAt",
    booking.same_gender as "sameGender", booking.fare_amount as "fareAmount",
    booking.pay_with as "payWith", booking.fee_amount as "feeAmount",
    (select coalesce(sum(captured), 0)::int from payments
      where booking_id = booking.id and state = 'captured' and not surplus) as "paidAmount",
    (select coalesce(sum(refund.amount), 0)::int from refunds refund join payments paid on paid.id = refund.payment_id
      where refund.booking_id = booking.id and refund.cause = 'goodwill' and refund.state <> 'failed'
        and (paid.settled_at is null or refund.created_at <= paid.settled_at)) as "givenAmount",
    route_of.cash_accepted as "cashAccepted", booking.currency, booking.expires_at as "expiresAt",
    booking.cancelled_by as "cancelledBy", booking.created_at as "createdAt",
    booking.updated_at as "updatedAt", policy.rule, ${rideChanged('booking')} as "rideChanged",
    (select coalesce(jsonb_agg(seat order by seat), '[]') from booking_seats
      where booking_id = booking.id and (holds or booking.state not in ${activeStates})) as "seatIds",
    (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'actorId', actor_id, 'at', at) order by step), '[]')
      from booking_transitions where booking_id = booking.id) as history
  from booking
  join rides ride_of on ride_of.id = booking.ride_id
  join routes route_of on route_of.id = ride_of.route_id
  join users driver on driver.id = ride_of.driver_id
  join users passenger on passenger.id = booking.passenger_id
  join cancellation_policies policy on policy.version = booking.policy_version`

/** Reads the BookingRow with this id. */
export const bookingById = (id: string): SQL =>
  sql`with booking as (select * from bookings where id = ${id}) ${bookingView}`

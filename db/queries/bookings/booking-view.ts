import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { SIDES } from '#db/schema/index.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** A booking as it is shown to its two sides; `phone`s are for the presenter to mask. */
export const BookingRow = z.object({
  id: z.string(),
  rideId: z.string(),
  rideStatus: z.enum(rideStates),
  departsAt: z.coerce.date(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  driverPhone: z.string().nullable(),
  passengerId: z.string(),
  passengerName: z.string().nullable(),
  passengerPhone: z.string().nullable(),
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
  fareAmount: z.number(),
  currency: z.string(),
  expiresAt: z.coerce.date().nullable(),
  cancelledBy: z.enum(SIDES).nullable(),
  createdAt: z.coerce.date(),
})
export type BookingRow = z.infer<typeof BookingRow>

/** Reads BookingRows from a relation called `booking` that has the columns of `bookings`. */
export const bookingView = sql`select booking.id, booking.ride_id as "rideId", ride_of.status as "rideStatus",
    ride_of.departs_at as "departsAt", ride_of.driver_id as "driverId", driver.name as "driverName",
    driver.phone as "driverPhone", booking.passenger_id as "passengerId", passenger.name as "passengerName",
    passenger.phone as "passengerPhone", booking.seats, booking.leg_from as "legFrom", booking.leg_to as "legTo",
    booking.state, booking.pickup_lat as "pickupLat", booking.pickup_lng as "pickupLng", booking.pickup_at as "pickupAt",
    booking.dropoff_lat as "dropoffLat", booking.dropoff_lng as "dropoffLng", booking.dropoff_at as "dropoffAt",
    booking.fare_amount as "fareAmount", booking.currency, booking.expires_at as "expiresAt",
    booking.cancelled_by as "cancelledBy", booking.created_at as "createdAt"
  from booking
  join rides ride_of on ride_of.id = booking.ride_id
  join users driver on driver.id = ride_of.driver_id
  join users passenger on passenger.id = booking.passenger_id`

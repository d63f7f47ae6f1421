import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { BOOKING_MODES, GENDERS, LUGGAGE, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'
import { Aboard, aboardOf } from './aboard-of.ts'

/** What the search shows of a ride besides the match. */
export const OfferedRideRow = z.object({
  rideId: z.string(),
  routeId: z.string(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  vehicle: z.object({
    make: z.string(),
    model: z.string(),
    colour: z.string(),
    kind: z.enum(VEHICLE_KINDS),
  }),
  bookingMode: z.enum(BOOKING_MODES),
  womenOnly: z.boolean(),
  cashAccepted: z.boolean(),
  luggage: z.enum(LUGGAGE),
  amenities: z.array(z.enum(VEHICLE_FEATURES)),
  /** Seats left on each leg; holds that have lapsed are not counted. */
  seatsLeft: z.array(z.number()),
  /** Who has seats on it, or is held some. */
  aboard: z.array(Aboard),
  /** Of who asks. */
  passengerGender: z.enum(GENDERS).nullable(),
})
export type OfferedRideRow = z.infer<typeof OfferedRideRow>

export interface Asker {
  /** Null: anybody. */
  passengerId: string | null
  now: Date
}

/** OfferedRideRows in a column `ride`, of the rides for which the condition on `ride` holds and that are still scheduled. */
export function offeredRides(condition: SQL, { passengerId, now }: Asker): SQL {
  return sql`select jsonb_build_object('rideId', ride.id, 'routeId', route.id, 'driverId', ride.driver_id,
      'driverName', person.name,
      'vehicle', jsonb_build_object('make', vehicle.make, 'model', vehicle.model, 'colour', vehicle.colour, 'kind', vehicle.kind),
      'womenOnly', route.women_only, 'luggage', route.luggage, 'amenities', to_jsonb(route.amenities),
      'bookingMode', route.booking_mode, 'cashAccepted', route.cash_accepted,
      'seatsLeft', (select jsonb_agg(capacity - taken + ${lapsedSeats(now)} order by leg)
        from ride_legs where ride_id = ride.id),
      'aboard', ${aboardOf('ride', now)},
      'passengerGender', (select gender from users where id = ${passengerId}::uuid)) as ride
    from rides ride
    join routes route on route.id = ride.route_id
    join users person on person.id = ride.driver_id
    join vehicles vehicle on vehicle.id = ride.vehicle_id
    where ${condition} and ride.status = 'scheduled'`
}

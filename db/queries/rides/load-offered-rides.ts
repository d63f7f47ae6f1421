import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { BOOKING_MODES, LUGGAGE, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'

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
  luggage: z.enum(LUGGAGE),
  amenities: z.array(z.enum(VEHICLE_FEATURES)),
  currency: z.string(),
  /** Seats left on each leg; holds that have lapsed are not counted. */
  seatsLeft: z.array(z.number()),
})
export type OfferedRideRow = z.infer<typeof OfferedRideRow>

/** Those of the rides that are still scheduled, in any order. */
export function loadOfferedRides(db: Db, rideIds: readonly string[], now: Date): Promise<OfferedRideRow[]> {
  return readRows(
    db,
    sql`select ride.id as "rideId", route.id as "routeId", ride.driver_id as "driverId", person.name as "driverName",
        jsonb_build_object('make', vehicle.make, 'model', vehicle.model, 'colour', vehicle.colour,
          'kind', vehicle.kind) as vehicle,
        route.women_only as "womenOnly", route.luggage, to_jsonb(route.amenities) as amenities, route.booking_mode as "bookingMode", route.currency,
        (select jsonb_agg(capacity - taken + ${lapsedSeats(now)} order by leg)
          from ride_legs where ride_id = ride.id) as "seatsLeft"
      from rides ride
      join routes route on route.id = ride.route_id
      join users person on person.id = ride.driver_id
      join vehicles vehicle on vehicle.id = ride.vehicle_id
      where ride.id = any(${`{${rideIds.join(',')}}`}::uuid[]) and ride.status = 'scheduled'`,
    OfferedRideRow,
  )
}

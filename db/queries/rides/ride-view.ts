import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** A ride as it is shown: with its route's stops and the seats of its legs. */
export const RideRow = z.object({
  id: z.string(),
  routeId: z.string(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  driverRating: RatingRow,
  vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string(), plate: z.string() }),
  status: z.enum(rideStates),
  departsAt: z.coerce.date(),
  arrivesAt: z.coerce.date(),
  startedAt: z.coerce.date().nullable(),
  endedAt: z.coerce.date().nullable(),
  stops: z.array(z.object({ name: z.string(), lat: z.number(), lng: z.number(), seconds: z.number() })),
  legs: z.array(z.object({ capacity: z.number(), taken: z.number() })),
})
export type RideRow = z.infer<typeof RideRow>

/** Reads RideRows from a relation called `ride` that has the columns of `rides`. Holds that have lapsed take no seats. */
export function rideView(now: Date): SQL {
  return sql`select ride.id, ride.route_id as "routeId", ride.driver_id as "driverId",
    person.name as "driverName", ${ratingOf('ride.driver_id', 'driver')} as "driverRating",
    jsonb_build_object('make', vehicle.make, 'model', vehicle.model, 'colour', vehicle.colour, 'plate', vehicle.plate) as vehicle,
    ride.status, ride.departs_at as "departsAt", ride.arrives_at as "arrivesAt", ride.started_at as "startedAt",
    ride.ended_at as "endedAt",
    (select jsonb_agg(jsonb_build_object('name', name, 'lat', lat, 'lng', lng,
        'seconds', route.vertex_seconds[vertex + 1]) order by position)
      from route_stops where route_id = ride.route_id) as stops,
    (select jsonb_agg(jsonb_build_object('capacity', capacity, 'taken', taken - ${lapsedSeats(now)}) order by leg)
      from ride_legs where ride_id = ride.id) as legs
  from ride
  join routes route on route.id = ride.route_id
  join users person on person.id = ride.driver_id
  join vehicles vehicle on vehicle.id = ride.vehicle_id`
}

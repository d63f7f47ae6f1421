import { z } from '@hono/zod-openapi'
import type { RideRow } from '#db/queries/rides/ride-view.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { presentRating, Rating } from '../http/rating.ts'
import { Id, Instant, Position } from '../http/shapes.ts'

export const Ride = z
  .object({
    id: Id,
    routeId: Id,
    driver: z.object({ id: Id, name: z.string().nullable(), rating: Rating }),
    vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string(), plate: z.string() }),
    status: z.enum(rideStates),
    departsAt: Instant,
    arrivesAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    stops: z.array(
      z.object({
        name: z.string(),
        position: Position,
        duration: z.int().openapi({ description: 'Driving seconds from the start' }),
      }),
    ),
    legs: z.array(z.object({ capacity: z.int(), taken: z.int() })),
  })
  .openapi('Ride')

export function presentRide(ride: RideRow): z.input<typeof Ride> {
  const { id, routeId, vehicle, status, legs } = ride
  return {
    ...{ id, routeId, vehicle, status, legs },
    driver: { id: ride.driverId, name: ride.driverName, rating: presentRating(ride.driverRating) },
    departsAt: ride.departsAt.toISOString(),
    arrivesAt: ride.arrivesAt.toISOString(),
    startedAt: ride.startedAt?.toISOString() ?? null,
    endedAt: ride.endedAt?.toISOString() ?? null,
    stops: ride.stops.map(({ name, lat, lng, seconds }) => ({
      name,
      position: { lat, lng },
      duration: seconds,
    })),
  }
}

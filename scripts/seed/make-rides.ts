import type { rideLegs, rides } from '#db/schema/index.ts'
import { DAY_MS, startOfDay } from './choose-departures.ts'
import type { SeedRoute } from './make-routes.ts'
import { type Random, randomId } from './random.ts'

export type Ride = typeof rides.$inferInsert
export type RideLeg = typeof rideLegs.$inferInsert & { taken: number }

/** Rides are published so many days ahead. It is more than the seed looks ahead, so that none is from the future. */
const PUBLISHED_DAYS_AHEAD = 15

/** The run of a route that departs at this instant of a day, nobody on it yet. */
export function makeRide(
  { route, stops, plan }: SeedRoute,
  day: number,
  departsAt: number,
  random: Random,
): { ride: Ride; legs: RideLeg[] } {
  const createdAt = startOfDay(day) - PUBLISHED_DAYS_AHEAD * DAY_MS
  const ride: Ride = {
    id: randomId(random, createdAt),
    routeId: route.id,
    driverId: route.driverId,
    vehicleId: route.vehicleId,
    departsAt: new Date(departsAt),
    arrivesAt: new Date(departsAt + plan.seconds * 1000),
    status: 'scheduled',
    createdAt: new Date(createdAt),
  }
  const legs = stops.slice(1).map((_, leg) => ({ rideId: ride.id, leg, capacity: route.seats, taken: 0 }))
  return { ride, legs }
}

import type { routeStops, routes } from '#db/schema/index.ts'
import { highestPrice } from '#packages/fares/highest-price.ts'
import { MIN_FARE } from '#packages/fares/segment-fare.ts'
import type { Town } from '#packages/local-cloud/stand-ins/google-maps/gazetteer.ts'
import { type PlannedRoute, planRoute } from '#packages/routes/plan-route.ts'
import type { Driver, Vehicle } from './make-people.ts'
import { type Random, randomId } from './random.ts'

export type Route = typeof routes.$inferInsert
export type RouteStop = typeof routeStops.$inferInsert

/** A driver's route as rows, and the plan they came from. */
export interface SeedRoute {
  route: Route
  stops: RouteStop[]
  plan: PlannedRoute
}

const NOTES = [
  'Music on the way',
  'Room for one bag each',
  'No smoking',
  'Tea stop half-way',
  null,
  null,
] as const
/** Drivers ask for this part of the highest price allowed. */
const LEAST_PRICE_SHARE = 0.6
/** Prices are whole tens of rupees. */
const PRICE_STEP = 1_000
/** A big car is offered without its last row. */
const MOST_SEATS = 5

/** What a driver offers on both ways of a trip: there, and the same towns back. */
export function makeRoutes(
  driver: Driver,
  vehicle: Vehicle,
  towns: readonly Town[],
  random: Random,
): [there: SeedRoute, back: SeedRoute] {
  const seats = random.whole(2, Math.min(vehicle.seats, MOST_SEATS))
  const share = LEAST_PRICE_SHARE + random.fraction() * (1 - LEAST_PRICE_SHARE)
  const offer = {
    driverId: driver.userId,
    vehicleId: vehicle.id,
    seats,
    currency: 'INR',
    createdAt: driver.createdAt,
    bookingMode: random.pick(['instant', 'approval'] as const),
    notes: random.pick(NOTES),
  }
  const layOut = (way: readonly Town[]): SeedRoute => {
    const plan = planRoute(way)
    const id = randomId(random, driver.createdAt.getTime())
    const { pathSource, polyline, vertexMetres, vertexSeconds } = plan
    const asked = Math.floor((highestPrice(plan.metres, seats) * share) / PRICE_STEP) * PRICE_STEP
    return {
      route: {
        ...offer,
        id,
        pathSource,
        polyline,
        vertexMetres,
        vertexSeconds,
        path: `SRID=4326;${plan.pathWkt}`,
        pricePerSeat: Math.max(MIN_FARE, asked),
      },
      stops: plan.stops.map((stop, position) => ({ routeId: id, position, ...stop })),
      plan,
    }
  }
  return [layOut(towns), layOut(towns.toReversed())]
}

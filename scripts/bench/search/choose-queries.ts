import { elementAt } from '#packages/geo/element-at.ts'
import { locationAt, pointOf, secondsOf } from '#packages/geo/locate.ts'
import { METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import { arrivalAt } from '#packages/matching/ride-clock.ts'
import { type Random, randomStream } from '../../seed/random.ts'
import { type BenchRide, NOW } from './generate-rides.ts'

export interface BenchQuery {
  pickup: Position
  dropoff: Position
  radiusMetres: number
  wantedAt: Date
  earliest: Date
  latest: Date
  passengerId: null
  now: Date
}

const HOUR_MS = 3600_000
/** The wanted time ± an hour, or ± half a day. */
export const TOLERANCES = ['hour', 'day'] as const
export type Tolerance = (typeof TOLERANCES)[number]
const TOLERANCE_MS: Record<Tolerance, number> = { hour: HOUR_MS, day: 12 * HOUR_MS }
/** Metres. */
export const RADII = [1_000, 5_000, 25_000] as const

const QUERY_SEED = 40
/** A passenger goes at least this part of the ride's way. */
const MIN_SHARE = 0.15

/**
 * What the passenger with this number asks for: a part of the way of some ride, with a walk at either end and another
 * time than the ride's. Rides are drawn evenly, so most queries are about the corridors where most rides are.
 */
export function makeQuery(
  number: number,
  { ride }: BenchRide,
  radiusMetres: number,
  tolerance: Tolerance,
): BenchQuery {
  const toleranceMs = TOLERANCE_MS[tolerance]
  const random = randomStream(QUERY_SEED, 'passenger', number)
  const { path } = ride
  const total = elementAt(path.metres, path.metres.length - 1)
  const from = random.fraction() * (1 - 2 * MIN_SHARE)
  const to = from + MIN_SHARE + random.fraction() * (1 - from - MIN_SHARE)
  const at = (share: number) => pointOf(path, locationAt(path, share * total))
  const boards = arrivalAt(ride, from * total, secondsOf(path, locationAt(path, from * total)))
  const wantedAt = boards + (2 * random.fraction() - 1) * HOUR_MS
  return {
    pickup: aside(at(from), radiusMetres, random),
    dropoff: aside(at(to), radiusMetres, random),
    radiusMetres,
    wantedAt: new Date(wantedAt),
    earliest: new Date(wantedAt - toleranceMs),
    latest: new Date(wantedAt + toleranceMs),
    passengerId: null,
    now: new Date(NOW),
  }
}

function aside({ lat, lng }: Position, radius: number, random: Random): Position {
  const degrees = (Math.sqrt(random.fraction()) * radius) / METRES_PER_DEGREE
  const bearing = random.fraction() * 2 * Math.PI
  return {
    lat: lat + degrees * Math.cos(bearing),
    lng: lng + (degrees * Math.sin(bearing)) / Math.cos((lat * Math.PI) / 180),
  }
}

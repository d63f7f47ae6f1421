import { segmentFare } from '#packages/fares/segment-fare.ts'
import { type Match, type MatchQuery, matchRide } from './match-ride.ts'
import type { TimedRide } from './ride-clock.ts'

export interface Offering {
  match: Match
  /** For all seats, minor units. */
  fare: number
}

/**
 * How a ride serves a passenger, and what so many seats on it cost; undefined where it does not serve them.
 * @param pricePerSeat for the whole route, minor units
 */
export function offerRide(
  ride: TimedRide,
  pricePerSeat: number,
  query: MatchQuery,
  seats: number,
): Offering | undefined {
  const match = matchRide(ride, query)
  if (!match) return undefined
  const total = ride.path.metres.at(-1) ?? 0
  return { match, fare: segmentFare(pricePerSeat, match.sharedMetres, total, seats) }
}

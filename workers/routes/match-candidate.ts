import type { CandidateRow } from '#db/queries/rides/find-candidates.ts'
import { segmentFare } from '#packages/fares/segment-fare.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { type Match, type MatchQuery, matchRide } from '#packages/matching/match-ride.ts'

/** A ride that passes as this passenger needs, with what it costs and how it ranks; whether it has seats is not known yet. */
export interface MatchedRide {
  id: string
  departsAt: Date
  match: Match
  fare: number
  walkMetres: number
  pickupAt: number
  driverRating: number | null
}

/** Matches a candidate exactly; undefined where it does not serve the passenger. */
export function matchCandidate(
  candidate: CandidateRow,
  query: MatchQuery,
  seats: number,
): MatchedRide | undefined {
  const { departsAt, stopVertices } = candidate
  const path = {
    points: decodePolyline(candidate.polyline),
    metres: candidate.vertexMetres,
    seconds: candidate.vertexSeconds,
  }
  const match = matchRide({ path, stopVertices, departsAt: departsAt.getTime() }, query)
  if (!match) return undefined
  const fare = segmentFare(candidate.pricePerSeat, match.sharedMetres, path.metres.at(-1) ?? 0, seats)
  return {
    ...{ id: candidate.rideId, departsAt, match, fare, driverRating: null },
    walkMetres: match.pickup.walkMetres + match.dropoff.walkMetres,
    pickupAt: match.pickup.at,
  }
}

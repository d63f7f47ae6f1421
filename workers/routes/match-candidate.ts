import type { CandidateRow } from '#db/queries/rides/find-candidates.ts'
import { segmentFare } from '#packages/fares/segment-fare.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { type Match, type MatchQuery, matchRide } from '#packages/matching/match-ride.ts'

/** A ride that serves this passenger, with what it costs and how it ranks. */
export interface Offer {
  id: string
  candidate: CandidateRow
  match: Match
  seatsLeft: number
  fare: number
  walkMetres: number
  pickupAt: number
  driverRating: number | null
}

/** Matches a candidate exactly; undefined where it does not serve the passenger or has too few seats on those legs. */
export function matchCandidate(candidate: CandidateRow, query: MatchQuery, seats: number): Offer | undefined {
  const path = {
    points: decodePolyline(candidate.polyline),
    metres: candidate.vertexMetres,
    seconds: candidate.vertexSeconds,
  }
  const stopVertices = candidate.stops.map((stop) => stop.vertex)
  const match = matchRide({ path, stopVertices, departsAt: candidate.departsAt.getTime() }, query)
  if (!match) return undefined
  const seatsLeft = Math.min(...candidate.seatsLeft.slice(match.legFrom, match.legTo))
  if (seatsLeft < seats) return undefined
  const fare = segmentFare(candidate.pricePerSeat, match.sharedMetres, path.metres.at(-1) ?? 0, seats)
  return {
    ...{ id: candidate.rideId, candidate, match, seatsLeft, fare, driverRating: null },
    walkMetres: match.pickup.walkMetres + match.dropoff.walkMetres,
    pickupAt: match.pickup.at,
  }
}

import type { RatingRow } from '#db/queries/reviews/rating-view.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import type { Match, MatchQuery } from '#packages/matching/match-ride.ts'
import { offerRide } from '#packages/matching/offer-ride.ts'
import { averageStars } from '#packages/reviews/average.ts'
import type { CandidateRow } from './find-candidates.ts'
import type { OfferedRideRow } from './offered-ride.ts'

/** A ride that passes as this passenger needs, with what it costs and how it ranks; whether it has seats is not known yet. */
export interface MatchedRide {
  id: string
  departsAt: Date
  match: Match
  fare: number
  walkMetres: number
  pickupAt: number
  driverRating: number | null
  /** The driver's, as it is shown. */
  rating: RatingRow
  /** What is shown of it, where it came along. */
  ride: OfferedRideRow | null
}

/** Matches a candidate exactly; undefined where it does not serve the passenger. */
export function matchCandidate(
  candidate: CandidateRow,
  query: MatchQuery,
  seats: number,
): MatchedRide | undefined {
  const { departsAt, stopVertices, ride, pricePerSeat } = candidate
  const path = {
    points: decodePolyline(candidate.polyline),
    metres: candidate.vertexMetres,
    seconds: candidate.vertexSeconds,
  }
  const timed = { path, stopVertices, departsAt: departsAt.getTime() }
  const offering = offerRide(timed, pricePerSeat, query, seats)
  if (!offering) return undefined
  const { match, fare } = offering
  const { stars, reviews } = candidate
  const rating = stars === null || reviews === null ? null : { stars, reviews }
  return {
    ...{ id: candidate.rideId, departsAt, match, fare, rating, ride },
    walkMetres: match.pickup.walkMetres + match.dropoff.walkMetres,
    pickupAt: match.pickup.at,
    driverRating: rating && averageStars(rating.stars, rating.reviews),
  }
}

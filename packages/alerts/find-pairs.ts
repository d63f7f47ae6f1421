import { type Aboard, canRideBeside } from '#packages/booking/same-gender.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import type { MatchQuery } from '#packages/matching/match-ride.ts'
import { offerRide } from '#packages/matching/offer-ride.ts'

/** What a saved search asks for that depends on the ride, or on where its passenger gets in and out. */
export interface Wish extends MatchQuery, Pick<Aboard, 'gender' | 'sameGender'> {
  id: string
  userId: string
  seats: number
  /** For all seats, minor units; null: any. */
  maxFare: number | null
  /** One of them; null: any. */
  vehicleKinds: readonly string[] | null
}

/** A dated run of a road. */
export interface Run {
  id: string
  /** Unix milliseconds. */
  departsAt: number
  vehicleKind: string
  /** On each leg. */
  seatsLeft: readonly number[]
  aboard: readonly Aboard[]
}

/** A route's way with its price, some rides on it, and the saved searches that it may serve. */
export interface Road {
  driverId: string
  polyline: string
  vertexMetres: number[]
  vertexSeconds: number[]
  stopVertices: readonly number[]
  /** For the whole route, minor units. */
  pricePerSeat: number
  rides: readonly Run[]
  wishes: readonly Wish[]
}

/** A ride that serves a saved search. */
export interface Pair {
  savedSearchId: string
  userId: string
  rideId: string
  driverId: string
  /** Unix milliseconds. */
  departsAt: number
}

/** Which of the rides serve which of the saved searches: what a search at this moment would find of them. @param now Unix milliseconds */
export function findPairs(road: Road, now: number): Pair[] {
  if (road.wishes.length === 0) return []
  const { stopVertices, pricePerSeat, driverId } = road
  const path = {
    points: decodePolyline(road.polyline),
    metres: road.vertexMetres,
    seconds: road.vertexSeconds,
  }
  const serves = (ride: Run, wish: Wish): boolean => {
    if (wish.vehicleKinds && !wish.vehicleKinds.includes(ride.vehicleKind)) return false
    const timed = { path, stopVertices, departsAt: ride.departsAt }
    const offering = offerRide(timed, pricePerSeat, wish, wish.seats)
    if (!offering || (wish.maxFare !== null && offering.fare > wish.maxFare)) return false
    const { legFrom, legTo } = offering.match
    if (!canRideBeside(wish, offering.match, ride.aboard)) return false
    return Math.min(...ride.seatsLeft.slice(legFrom, legTo)) >= wish.seats
  }
  return road.rides
    .filter(({ departsAt }) => departsAt > now)
    .flatMap((ride) =>
      road.wishes
        .filter((wish) => wish.latest >= ride.departsAt && serves(ride, wish))
        .map(({ id: savedSearchId, userId }) => ({
          ...{ savedSearchId, userId, rideId: ride.id, driverId, departsAt: ride.departsAt },
        })),
    )
}

import { elementAt } from '#packages/geo/element-at.ts'
import { locationAt, pointAt, secondsOf } from '#packages/geo/locate.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { RIDE_WEIGHT } from '../least-walk.ts'
import { defaultRadiusMetres, type MatchQuery, minSharedMetres } from '../match-ride.ts'
import { STOP_DWELL_SECONDS, type TimedRide } from '../ride-clock.ts'

/** The search's margin at the radius, and as much again for the flat map inside the longest segments. */
export const TOLERANCE_METRES = 2

/** What is minimised. */
export const costOf = (walk: number, shared: number) => walk + shared * RIDE_WEIGHT

export function limitsOf(query: MatchQuery): { radius: number; shared: number } {
  const straight = distanceMetres(query.pickup, query.dropoff)
  return { radius: query.radiusMetres ?? defaultRadiusMetres(straight), shared: minSharedMetres(straight) }
}

export const stopMetres = ({ path, stopVertices }: TimedRide) =>
  stopVertices.map((vertex) => elementAt(path.metres, vertex))

/** The definition: departure + driving + a wait for every stop, after the origin, that is strictly before. */
export function timeAt(ride: TimedRide, metres: number): number {
  const waits = stopMetres(ride).filter((stop, k) => k > 0 && stop < metres).length
  const driving = secondsOf(ride.path, locationAt(ride.path, metres))
  return ride.departsAt + 1000 * (driving + waits * (ride.stopDwellSeconds ?? STOP_DWELL_SECONDS))
}

/** Least cost over sampled places that satisfy every filter, with room for the flat map's error at the radius. */
export function leastSampledCost(ride: TimedRide, query: MatchQuery, samples: number): number {
  const { path } = ride
  const { radius, shared } = limitsOf(query)
  const reach = radius - TOLERANCE_METRES
  const total = elementAt(path.metres, path.metres.length - 1)
  const even = Array.from({ length: samples }, (_, k) => (k / samples) * total)
  const places = [...path.metres, ...even].toSorted((a, b) => a - b)
  let best = Number.POSITIVE_INFINITY
  let pickupCost = Number.POSITIVE_INFINITY
  let next = 0
  for (const dropoff of places) {
    for (; next < places.length; next++) {
      const pickup = elementAt(places, next)
      if (pickup > dropoff - shared) break
      const walk = distanceMetres(query.pickup, pointAt(path, pickup))
      const cost = costOf(walk, -pickup)
      if (walk > reach || cost >= pickupCost) continue
      const time = timeAt(ride, pickup)
      if (time >= query.earliest && time <= query.latest) pickupCost = cost
    }
    const walk = distanceMetres(query.dropoff, pointAt(path, dropoff))
    if (walk <= reach) best = Math.min(best, pickupCost + costOf(walk, dropoff))
  }
  return best
}

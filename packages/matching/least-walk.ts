import { elementAt } from '#packages/geo/element-at.ts'
import { nearestWithin, type Reach, walkSlope, walkTo } from './reach.ts'

/** A pickup and a drop-off place in road metres along the path, each with the reach it lies on. */
export interface PlacePair {
  pickup: Reach
  pickupMetres: number
  dropoff: Reach
  dropoffMetres: number
}

interface Best {
  /** Total walk + ride × RIDE_WEIGHT. */
  cost: number
  pair: PlacePair | null
}

/**
 * A kilometre more in the car must save a metre on foot. Without it a passenger on a there-and-back route would be
 * carried to the far end and back because the other side of the road is three metres nearer.
 */
export const RIDE_WEIGHT = 0.001
/** How finely a bound pair is placed. */
const PLACE_METRES = 0.01

/**
 * The pair of least total walk with at least `shared` road metres between pickup and drop-off, a longer ride counting
 * by RIDE_WEIGHT; null if there is none.
 *
 * Exact: in the best pair either the shared length is not the limit, then both places are the nearest points of
 * their reaches (RIDE_WEIGHT would move them, for a gain of centimetres); or it is, then the drop-off lies exactly
 * `shared` after the pickup and only one place is unknown. Two sweeps, linear in the reaches, cover the two cases.
 */
export function leastWalkPair(
  pickups: readonly Reach[],
  dropoffs: readonly Reach[],
  shared: number,
): PlacePair | null {
  const best: Best = { cost: Number.POSITIVE_INFINITY, pair: null }
  sweepFree(pickups, dropoffs, shared, best)
  sweepBound(pickups, dropoffs, shared, best)
  return best.pair
}

function sweepFree(pickups: readonly Reach[], dropoffs: readonly Reach[], shared: number, best: Best): void {
  let next = 0
  let pickup: Reach | null = null
  let pickupMetres = 0
  let pickupCost = Number.POSITIVE_INFINITY
  for (const dropoff of dropoffs) {
    const dropoffMetres = nearestWithin(dropoff, dropoff.from, dropoff.to)
    for (; next < pickups.length; next++) {
      const reach = elementAt(pickups, next)
      const metres = nearestWithin(reach, reach.from, reach.to)
      if (metres > dropoffMetres - shared) break
      const cost = walkTo(reach, metres) - metres * RIDE_WEIGHT
      if (cost >= pickupCost) continue
      pickup = reach
      pickupMetres = metres
      pickupCost = cost
    }
    if (!pickup) continue
    const cost = pickupCost + walkTo(dropoff, dropoffMetres) + dropoffMetres * RIDE_WEIGHT
    if (cost >= best.cost) continue
    best.cost = cost
    best.pair = { pickup, pickupMetres, dropoff, dropoffMetres }
  }
}

function sweepBound(pickups: readonly Reach[], dropoffs: readonly Reach[], shared: number, best: Best): void {
  let i = 0
  let j = 0
  while (i < pickups.length && j < dropoffs.length) {
    const pickup = elementAt(pickups, i)
    const dropoff = elementAt(dropoffs, j)
    const from = Math.max(pickup.from, dropoff.from - shared)
    const to = Math.min(pickup.to, dropoff.to - shared)
    if (from <= to) tryBound(pickup, dropoff, shared, from, to, best)
    if (pickup.to < dropoff.to - shared) i++
    else j++
  }
}

/** Pickup at m in [from, to], drop-off at m + shared. The total walk is convex in m: bisect its slope. */
function tryBound(pickup: Reach, dropoff: Reach, shared: number, from: number, to: number, best: Best): void {
  const bound =
    walkTo(pickup, nearestWithin(pickup, from, to)) +
    walkTo(dropoff, nearestWithin(dropoff, from + shared, to + shared)) +
    shared * RIDE_WEIGHT
  if (bound >= best.cost) return
  let low = from
  let high = to
  while (high - low > PLACE_METRES) {
    const middle = (low + high) / 2
    if (walkSlope(pickup, middle) + walkSlope(dropoff, middle + shared) > 0) high = middle
    else low = middle
  }
  const cost = walkTo(pickup, low) + walkTo(dropoff, low + shared) + shared * RIDE_WEIGHT
  if (cost >= best.cost) return
  best.cost = cost
  best.pair = { pickup, pickupMetres: low, dropoff, dropoffMetres: low + shared }
}

import { elementAt } from '#packages/geo/element-at.ts'
import { type Location, pointOf, secondsOf } from '#packages/geo/locate.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { leastWalkPair } from './least-walk.ts'
import { type Reach, reachesOf } from './reach.ts'
import { arrivalAt, stretchDuring, type TimedRide } from './ride-clock.ts'

/** Default radius: a sixth of the passenger's straight line, within these metres. */
const RADIUS_SHARE = 1 / 6
const MIN_RADIUS_METRES = 2_000
export const MAX_RADIUS_METRES = 25_000
/** A passenger and a driver share at least this part of the passenger's straight line, and at least these metres. */
const SHARED_SHARE = 0.2
const MIN_SHARED_METRES = 2_000
/** A place this near to a stop, along the path, is sold as that stop. Below half of MIN_SHARED_METRES, so a leg always remains. */
export const STOP_SNAP_METRES = 150

/**
 * The flat map parts from the degrees inside a long diagonal segment: under 1 m for 10 km at |lat| ≤ 45. The search
 * stays inside the radius by that much, so that a pair at its very edge is not lost.
 */
const MAP_MARGIN_METRES = 1

export interface MatchQuery {
  pickup: Position
  dropoff: Position
  /** Longest walk at each end, metres; without it the default above. */
  radiusMetres?: number
  /** The pickup is at or between these instants, Unix milliseconds. */
  earliest: number
  latest: number
}

/** A place of the path where a passenger gets in or out. */
export interface MeetingPlace {
  point: Position
  /** Straight metres from where the passenger wants to be. */
  walkMetres: number
  /** Road metres from the ride's start. */
  metres: number
  /** When the car arrives there, whole Unix milliseconds. */
  at: number
}

export interface Match {
  pickup: MeetingPlace
  dropoff: MeetingPlace
  /** The passenger sits in legs [legFrom, legTo). */
  legFrom: number
  legTo: number
  sharedMetres: number
}

/**
 * The pickup and drop-off of least total walk for this passenger on this ride, or null when the ride does not serve them.
 * Exact on loops and there-and-back routes; time linear in the path's vertices. Times are for the passenger's own pickup.
 * Expects segments of up to 10 km; a pickup while the car stands at a stop counts as in time.
 */
export function matchRide(ride: TimedRide, query: MatchQuery): Match | null {
  const { path, stopVertices } = ride
  const straight = distanceMetres(query.pickup, query.dropoff)
  const radius = query.radiusMetres ?? defaultRadiusMetres(straight)
  const reachable = radius - MAP_MARGIN_METRES
  const inTime = stretchDuring(ride, query.earliest, query.latest)
  if (!inTime) return null
  const pickups = reachesOf(path, query.pickup, reachable, inTime)
  if (pickups.length === 0) return null
  const total = elementAt(path.metres, path.metres.length - 1)
  const dropoffs = reachesOf(path, query.dropoff, reachable, { from: inTime.from, to: total })
  const pair = leastWalkPair(pickups, dropoffs, minSharedMetres(straight))
  if (!pair) return null

  const pickup = meetingPlace(ride, query.pickup, pair.pickup, pair.pickupMetres)
  const dropoff = meetingPlace(ride, query.dropoff, pair.dropoff, pair.dropoffMetres)
  // Longer segments and higher latitudes than those of the margin: the radius is a promise.
  if (pickup.walkMetres > radius || dropoff.walkMetres > radius) return null
  // Who boards while the car stands is picked up within the wait, not at its begin.
  pickup.at = Math.min(query.latest, Math.max(query.earliest, pickup.at))
  const stops = stopVertices.map((vertex) => elementAt(path.metres, vertex))
  return {
    pickup,
    dropoff,
    legFrom: stops.findLastIndex((metres) => metres <= pickup.metres + STOP_SNAP_METRES),
    legTo: stops.findIndex((metres) => metres >= dropoff.metres - STOP_SNAP_METRES),
    sharedMetres: dropoff.metres - pickup.metres,
  }
}

/** Radius around pickup and drop-off for a passenger whose straight line is so long; metres. */
export function defaultRadiusMetres(straightMetres: number): number {
  return Math.min(MAX_RADIUS_METRES, Math.max(MIN_RADIUS_METRES, straightMetres * RADIUS_SHARE))
}

/** Shortest stretch together that makes a ride worth offering to that passenger; metres. */
export function minSharedMetres(straightMetres: number): number {
  return Math.max(MIN_SHARED_METRES, straightMetres * SHARED_SHARE)
}

function meetingPlace(ride: TimedRide, wanted: Position, reach: Reach, metres: number): MeetingPlace {
  const location = locationOn(ride, reach.vertex, metres)
  const point = pointOf(ride.path, location)
  return {
    point,
    walkMetres: distanceMetres(wanted, point),
    metres,
    at: Math.round(arrivalAt(ride, metres, secondsOf(ride.path, location))),
  }
}

function locationOn({ path }: TimedRide, vertex: number, metres: number): Location {
  const start = elementAt(path.metres, vertex)
  const length = elementAt(path.metres, vertex + 1) - start
  return { vertex, fraction: Math.min(1, Math.max(0, (metres - start) / length)) }
}

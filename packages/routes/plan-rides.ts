import { rideKeys } from '#packages/corridor/ride-keys.ts'
import { elementAt } from '#packages/geo/element-at.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'

/** A route's way as it is stored. */
export interface StoredWay {
  polyline: string
  vertexMetres: readonly number[]
  vertexSeconds: readonly number[]
  stops: readonly { vertex: number }[]
}

/** A ride of a route, before it is made. */
export interface PlannedRide {
  id: string
  /** The day of the weekly pattern that it is for; null for a single ride. */
  scheduleDay: string | null
  departsAt: Date
  arrivesAt: Date
  /** By which the search finds it. */
  keys: number[]
}

/** From departure to arrival, waits at the stops included. */
export function rideSeconds({ vertexSeconds, stops }: StoredWay): number {
  return elementAt(vertexSeconds, vertexSeconds.length - 1) + STOP_DWELL_SECONDS * (stops.length - 2)
}

/** The keys by which the search finds a ride that departs at this instant, Unix milliseconds. */
export function keysOf(way: StoredWay, departsAt: number): number[] {
  const path = {
    points: decodePolyline(way.polyline),
    metres: [...way.vertexMetres],
    seconds: [...way.vertexSeconds],
  }
  return rideKeys({ path, stopVertices: way.stops.map(({ vertex }) => vertex), departsAt })
}

/** The rides of a route at these departures. @param departures Unix milliseconds, as `now` */
export function planRides(
  way: StoredWay,
  departures: readonly { day: string | null; departsAt: number }[],
  now: number,
): PlannedRide[] {
  return departures.map(({ day, departsAt }) => ({
    id: uuidv7(now),
    scheduleDay: day,
    departsAt: new Date(departsAt),
    arrivesAt: new Date(departsAt + rideSeconds(way) * 1000),
    keys: keysOf(way, departsAt),
  }))
}

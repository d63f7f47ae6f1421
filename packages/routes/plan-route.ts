import { elementAt } from '#packages/geo/element-at.ts'
import { encodePolyline } from '#packages/geo/polyline.ts'
import type { Position } from '#packages/geo/position.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'
import { checkStops } from './check-stops.ts'
import { greatCircleRoad } from './great-circle-road.ts'
import type { Road } from './roads-port.ts'

export interface PlannedStop {
  name: string
  position: Position
}

/** A route's way through its stops, in the form in which it is stored. */
export interface PlannedRoute {
  pathSource: Road['source']
  /** `LINESTRING(lng lat, …)` without SRID. */
  pathWkt: string
  polyline: string
  /** Per vertex, from the start, whole numbers. */
  vertexMetres: number[]
  vertexSeconds: number[]
  stops: { name: string; lat: number; lng: number; vertex: number }[]
  /** Length of the whole route. */
  metres: number
  /** From departure to arrival, waits at the stops included. */
  seconds: number
}

/**
 * Plans the way through two or more stops on a road through them; without one, on straight lines.
 * @throws Problem `invalid_fields` as `checkStops`
 */
export function planRoute(stops: readonly PlannedStop[], road?: Road): PlannedRoute {
  checkStops(stops)
  const { source, path, stopVertices } = road ?? greatCircleRoad(stops.map((stop) => stop.position))
  return {
    pathSource: source,
    pathWkt: `LINESTRING(${path.points.map(({ lat, lng }) => `${lng} ${lat}`).join(', ')})`,
    polyline: encodePolyline(path.points),
    vertexMetres: path.metres.map(Math.round),
    vertexSeconds: path.seconds.map(Math.round),
    stops: stops.map(({ name, position }, index) => ({
      name,
      ...position,
      vertex: elementAt(stopVertices, index),
    })),
    metres: path.metres.at(-1) ?? 0,
    seconds: (path.seconds.at(-1) ?? 0) + STOP_DWELL_SECONDS * (stops.length - 2),
  }
}

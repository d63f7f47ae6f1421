import { fieldProblem } from '#packages/errors/problem.ts'
import { elementAt } from '#packages/geo/element-at.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'

/** Two stops nearer than this are one stop. */
export const MIN_STOP_SPACING_METRES = 500
/** Longest way between two stops that a car drives in one go. */
export const MAX_STOP_SPACING_METRES = 1_000_000

/** An estimate for Indian roads: 50 km/h. */
const SPEED_METRES_PER_SECOND = 13.9
const SEGMENT_METRES = 2_000

export interface PlannedStop {
  name: string
  position: Position
}

/** A route's way through its stops, in the form in which it is stored. */
export interface PlannedRoute {
  pathSource: 'great_circle'
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
 * Plans the way through two or more stops. Straight lines lengthened to road length for now, and `pathSource` says so.
 * @throws Problem `invalid_fields` at `stops.N.position` for neighbours too near or too far apart
 */
export function planRoute(stops: readonly PlannedStop[]): PlannedRoute {
  const positions = stops.map((stop) => stop.position)
  checkSpacing(positions)
  const { path, stopVertices } = greatCirclePath(positions, {
    speedMetresPerSecond: SPEED_METRES_PER_SECOND,
    maxSegmentMetres: SEGMENT_METRES,
  })
  return {
    pathSource: 'great_circle',
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

function checkSpacing(positions: readonly Position[]): void {
  for (const [index, position] of positions.entries()) {
    const previous = positions[index - 1]
    if (!previous) continue
    const metres = distanceMetres(previous, position)
    const field = `stops.${index}.position`
    if (metres < MIN_STOP_SPACING_METRES)
      throw fieldProblem('invalid_fields', field, 'Too near to the stop before')
    if (metres > MAX_STOP_SPACING_METRES)
      throw fieldProblem('invalid_fields', field, 'Too far from the stop before')
  }
}

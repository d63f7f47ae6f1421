import { fieldProblem } from '#packages/errors/problem.ts'
import { greatCirclePath, type Path } from '#packages/geo/path.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'

/** Two stops nearer than this are one stop. */
export const MIN_STOP_SPACING_METRES = 500
/** Longest way between two stops that a car drives in one go. */
export const MAX_STOP_SPACING_METRES = 1_000_000

/** An estimate for Indian roads: 50 km/h. */
const SPEED_METRES_PER_SECOND = 13.9
const SEGMENT_METRES = 2_000

export interface PlannedPath {
  path: Path
  stopVertices: number[]
  source: 'great_circle'
}

/** The way through the stops. Straight lines lengthened to road length for now, and the reply says so. */
export function planPath(stops: readonly Position[]): PlannedPath {
  for (const [index, stop] of stops.entries()) {
    const previous = stops[index - 1]
    if (!previous) continue
    const metres = distanceMetres(previous, stop)
    const path = `stops.${index}.position`
    if (metres < MIN_STOP_SPACING_METRES)
      throw fieldProblem('invalid_fields', path, 'Too near to the stop before')
    if (metres > MAX_STOP_SPACING_METRES)
      throw fieldProblem('invalid_fields', path, 'Too far from the stop before')
  }
  const options = { speedMetresPerSecond: SPEED_METRES_PER_SECOND, maxSegmentMetres: SEGMENT_METRES }
  return { ...greatCirclePath(stops, options), source: 'great_circle' }
}

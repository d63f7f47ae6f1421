import { greatCirclePath } from '#packages/geo/path.ts'
import type { Position } from '#packages/geo/position.ts'
import type { Road } from './roads-port.ts'

/** An estimate for Indian roads: 50 km/h. */
const SPEED_METRES_PER_SECOND = 13.9
const SEGMENT_METRES = 5_000

/** Straight lines through the stops, lengthened to road length. */
export function greatCircleRoad(stops: readonly Position[]): Road {
  const options = { speedMetresPerSecond: SPEED_METRES_PER_SECOND, maxSegmentMetres: SEGMENT_METRES }
  return { source: 'great_circle', ...greatCirclePath(stops, options) }
}

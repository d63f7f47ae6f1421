import { elementAt } from './element-at.ts'
import type { Path } from './path.ts'
import { footOnSegment, planeAround } from './plane.ts'
import { between, distanceMetres, type Position } from './position.ts'

/** A point of a path: on the segment that starts at `vertex`, `fraction` (0 … 1) of the way to the next vertex. */
export interface Location {
  vertex: number
  fraction: number
}

export interface NearestLocation extends Location {
  point: Position
  /** Straight metres between the position asked for and the point. */
  walkMetres: number
}

/**
 * The point of the path, or of its part between two vertices, nearest to a position; the earliest of equals.
 * For segments up to 10 km at |lat| ≤ 60 and a nearest point within 25 km, no point of the path is nearer by more than
 * 1 m (tested); the reported walk itself is exact for the reported point.
 * @throws RangeError for a range without a segment
 */
export function nearestOnPath(
  path: Path,
  position: Position,
  { from = 0, to = path.points.length - 1 }: { from?: number; to?: number } = {},
): NearestLocation {
  if (!(from >= 0 && from < to && to < path.points.length)) throw new RangeError('no segment in that range')
  const plane = planeAround(position)
  const best = { vertex: from, fraction: 0, square: Number.POSITIVE_INFINITY }
  for (let vertex = from; vertex < to; vertex++) {
    const foot = footOnSegment(plane, elementAt(path.points, vertex), elementAt(path.points, vertex + 1))
    const fraction = Math.min(1, Math.max(0, foot.fraction))
    const along = (fraction - foot.fraction) * foot.length
    const square = foot.offset * foot.offset + along * along
    if (square < best.square) Object.assign(best, { vertex, fraction, square })
  }
  const { vertex, fraction } = best
  const point = pointOf(path, best)
  return { vertex, fraction, point, walkMetres: distanceMetres(position, point) }
}

/** The location `metres` along the path, clamped to its ends; at a vertex, the start of the later segment. */
export function locationAt(path: Path, metres: number): Location {
  const last = path.metres.length - 1
  const vertex = Math.min(last - 1, Math.max(0, firstAbove(path.metres, metres) - 1))
  const start = elementAt(path.metres, vertex)
  const length = elementAt(path.metres, vertex + 1) - start
  return { vertex, fraction: length > 0 ? Math.min(1, Math.max(0, (metres - start) / length)) : 1 }
}

/** The position of a location. */
export function pointOf(path: Path, { vertex, fraction }: Location): Position {
  return between(elementAt(path.points, vertex), elementAt(path.points, vertex + 1), fraction)
}

/** The position `metres` along the path, clamped to its ends. */
export function pointAt(path: Path, metres: number): Position {
  return pointOf(path, locationAt(path, metres))
}

/** Road metres from the start of the path to a location. */
export function metresOf(path: Path, location: Location): number {
  return interpolated(path.metres, location)
}

/** Driving seconds from the start of the path to a location. */
export function secondsOf(path: Path, location: Location): number {
  return interpolated(path.seconds, location)
}

/** Index of the first value above the limit in a list that never falls; its length when there is none. */
export function firstAbove(values: readonly number[], limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (elementAt(values, middle) > limit) high = middle
    else low = middle + 1
  }
  return low
}

function interpolated(values: readonly number[], { vertex, fraction }: Location): number {
  const start = elementAt(values, vertex)
  return start + fraction * (elementAt(values, vertex + 1) - start)
}

import { elementAt } from '#packages/geo/element-at.ts'
import type { Path } from '#packages/geo/path.ts'
import { footOnSegment, planeAround } from '#packages/geo/plane.ts'
import { METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import type { Stretch } from './ride-clock.ts'

/**
 * The part of one segment that a person can reach on foot. The walk to a place m (road metres) is
 * √(offset² + ((m − foot) · scale)²), a convex function, so its minimum and its limits have closed forms.
 */
export interface Reach extends Stretch {
  /** First vertex of the segment. */
  vertex: number
  /** Road metres of the perpendicular's foot, perhaps beyond the segment. */
  foot: number
  /** Metres from the person to the line through the segment. */
  offset: number
  /** Straight metres per road metre on the segment. */
  scale: number
}

/** Every segment with a place within the radius (metres) of the position and on the stretch, in path order. */
export function reachesOf(path: Path, position: Position, radius: number, within: Stretch): Reach[] {
  const { points, metres } = path
  const plane = planeAround(position)
  const north = position.lat + radius / METRES_PER_DEGREE
  const south = position.lat - radius / METRES_PER_DEGREE
  const reaches: Reach[] = []
  let b = elementAt(points, 0)
  let end = elementAt(metres, 0)
  for (let vertex = 0; vertex + 1 < points.length; vertex++) {
    const a = b
    const start = end
    b = elementAt(points, vertex + 1)
    end = elementAt(metres, vertex + 1)
    // A segment without metres adds no place that its neighbours do not have.
    if (end < within.from || start > within.to || end === start) continue
    if ((a.lat > north && b.lat > north) || (a.lat < south && b.lat < south)) continue
    const { fraction, offset, length } = footOnSegment(plane, a, b)
    if (offset > radius) continue
    const scale = length / (end - start)
    const foot = start + fraction * (end - start)
    const half = scale > 0 ? Math.sqrt(radius * radius - offset * offset) / scale : Number.POSITIVE_INFINITY
    const from = Math.max(start, within.from, foot - half)
    const to = Math.min(end, within.to, foot + half)
    if (from <= to) reaches.push({ vertex, from, to, foot, offset, scale })
  }
  return reaches
}

/** Straight metres from the person to the place `metres` along the path. */
export function walkTo({ foot, offset, scale }: Reach, metres: number): number {
  const along = (metres - foot) * scale
  return Math.sqrt(offset * offset + along * along)
}

/** How fast the walk grows per road metre at that place. */
export function walkSlope(reach: Reach, metres: number): number {
  const walk = walkTo(reach, metres)
  return walk === 0 ? 0 : ((metres - reach.foot) * reach.scale * reach.scale) / walk
}

/** The place of least walk between two places of the reach's segment. */
export function nearestWithin({ foot }: Reach, from: number, to: number): number {
  return Math.min(to, Math.max(from, foot))
}

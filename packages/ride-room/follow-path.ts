import { elementAt } from '#packages/geo/element-at.ts'
import { locationAt, metresOf, nearestOnPath, secondsOf } from '#packages/geo/locate.ts'
import type { Path } from '#packages/geo/path.ts'
import type { Position } from '#packages/geo/position.ts'
import { OFF_ROUTE_METRES } from './limits.ts'

/** The part of the path, in metres before and after where the car was last, on which it is looked for first. */
const NEARBY_METRES = { behind: 300, ahead: 3_000 }

/** Where a car is in relation to its path. */
export interface Progress {
  /** Road metres from the start of the path. */
  metres: number
  /** Straight metres between the car and the path. */
  off: number
}

/**
 * The place on the path where the car is: near where it was last, since a path may cross itself or come back on the
 * same road; anywhere on it only where the car is off the route there.
 * @param last how far it was, null before it was seen anywhere
 */
export function followPath(path: Path, car: Position, last: number | null): Progress {
  if (last !== null) {
    const from = locationAt(path, last - NEARBY_METRES.behind).vertex
    const to = locationAt(path, last + NEARBY_METRES.ahead).vertex + 1
    const nearby = progressOn(path, car, { from, to: Math.min(to, path.points.length - 1) })
    if (nearby.off <= OFF_ROUTE_METRES.off) return nearby
  }
  return progressOn(path, car)
}

function progressOn(path: Path, car: Position, range?: { from: number; to: number }): Progress {
  const nearest = nearestOnPath(path, car, range)
  return { metres: metresOf(path, nearest), off: nearest.walkMetres }
}

/** Planned driving seconds from the start of the path to a place on it. */
export function plannedSeconds(path: Path, metres: number): number {
  return secondsOf(path, locationAt(path, metres))
}

/** Road metres of the whole path. */
export function pathMetres({ metres }: Path): number {
  return elementAt(metres, metres.length - 1)
}

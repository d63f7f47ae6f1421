import { metresOf, nearestOnPath, secondsOf } from '#packages/geo/locate.ts'
import type { Path } from '#packages/geo/path.ts'
import type { Position } from '#packages/geo/position.ts'

/** How far a car has come on its way to somewhere. */
export interface Progress {
  /** Road metres that are left. */
  metres: number
  /** 0 at the start of the path, 1 at the destination. */
  fraction: number
  /** When it arrives if it goes on as planned, Unix milliseconds. */
  arrivesAt: number
}

/**
 * How far a car has come, and when it arrives at a place of its path: by the planned driving seconds from there to the
 * end before it is expected at the end; where that is not known, by those from the car to there.
 * @param to where it is awaited, on or near the path
 * @param car where it was last, and when, Unix milliseconds
 * @param expectedAt when it is expected at the end of the path, Unix milliseconds
 */
export function progressOf(
  path: Path,
  to: Position,
  car: Position & { at: number },
  expectedAt: number | null,
): Progress {
  const end = nearestOnPath(path, to)
  const here = nearestOnPath(path, car)
  const whole = metresOf(path, end)
  const metres = Math.max(0, whole - metresOf(path, here))
  const at = secondsOf(path, end)
  const seconds = Math.max(0, at - secondsOf(path, here))
  const beyond = (path.seconds.at(-1) ?? at) - at
  const arrivesAt = expectedAt === null ? car.at + seconds * 1000 : Math.max(car.at, expectedAt - beyond * 1000)
  return {
    metres: Math.round(metres),
    fraction: whole > 0 ? 1 - metres / whole : 1,
    arrivesAt: Math.round(arrivesAt),
  }
}

import { elementAt } from '#packages/geo/element-at.ts'
import { firstAbove } from '#packages/geo/locate.ts'
import type { Path } from '#packages/geo/path.ts'

/** The car stands this long at every stop after the origin. */
export const STOP_DWELL_SECONDS = 60
/** Nearer than this a pickup is at the stop and does not wait for the car to leave it; covers rounding noise. */
const AT_STOP_METRES = 1

/** A dated run of a path. */
export interface TimedRide {
  path: Path
  /** The vertex of every stop, rising, from 0 to the last vertex. */
  stopVertices: readonly number[]
  /** Departure from the first stop, Unix milliseconds. */
  departsAt: number
  stopDwellSeconds?: number
}

/** A part of a path in road metres, both ends included. */
export interface Stretch {
  from: number
  to: number
}

/** When the car reaches a place: departure + driving + the waits at the stops before it. Unix milliseconds. */
export function arrivalAt(ride: TimedRide, metres: number, drivingSeconds: number): number {
  const { path, stopVertices, departsAt, stopDwellSeconds = STOP_DWELL_SECONDS } = ride
  let waits = 0
  for (let k = 1; k < stopVertices.length; k++) {
    if (elementAt(path.metres, elementAt(stopVertices, k)) >= metres - AT_STOP_METRES) break
    waits++
  }
  return departsAt + (drivingSeconds + waits * stopDwellSeconds) * 1000
}

/**
 * The stretch on which the car drives or stands at some moment of [earliest, latest], Unix milliseconds; null if none.
 * One stretch suffices because the car only moves forward.
 */
export function stretchDuring(ride: TimedRide, earliest: number, latest: number): Stretch | null {
  if (earliest > latest) return null
  const { path, stopVertices, departsAt, stopDwellSeconds: dwell = STOP_DWELL_SECONDS } = ride
  const afterSeconds = (earliest - departsAt) / 1000
  const beforeSeconds = (latest - departsAt) / 1000
  let from: number | null = null
  let to: number | null = null
  for (let leg = 0; leg + 1 < stopVertices.length; leg++) {
    const start = elementAt(stopVertices, leg)
    const end = elementAt(stopVertices, leg + 1)
    const waited = leg * dwell
    if (elementAt(path.seconds, start) + waited > beforeSeconds) break
    to = clamp(
      lastMetresBy(path, beforeSeconds - waited),
      elementAt(path.metres, start),
      elementAt(path.metres, end),
    )
    // Both clamps end at the leg's last stop, where the car stands for the dwell.
    if (from !== null || elementAt(path.seconds, end) + waited + dwell < afterSeconds) continue
    from = clamp(
      firstMetresFrom(path, afterSeconds - waited),
      elementAt(path.metres, start),
      elementAt(path.metres, end),
    )
  }
  return from === null || to === null || from > to ? null : { from, to }
}

/** The farthest metre reached after so many seconds of driving. */
function lastMetresBy({ metres, seconds }: Path, limit: number): number {
  const next = firstAbove(seconds, limit)
  if (next === 0) return 0
  if (next === seconds.length) return elementAt(metres, next - 1)
  return metresWithin(metres, seconds, next, limit)
}

/** The nearest metre not yet left after so many seconds of driving. */
function firstMetresFrom({ metres, seconds }: Path, limit: number): number {
  let next = firstAbove(seconds, limit)
  // Equal seconds over a stretch (routers round): step back to where it begins.
  while (next > 0 && elementAt(seconds, next - 1) >= limit) next--
  if (next === 0) return 0
  if (next === seconds.length) return elementAt(metres, next - 1)
  return metresWithin(metres, seconds, next, limit)
}

/** Interpolated metres on the segment that ends at vertex `end`, whose seconds enclose the limit and differ. */
function metresWithin(
  metres: readonly number[],
  seconds: readonly number[],
  end: number,
  limit: number,
): number {
  const start = elementAt(seconds, end - 1)
  const from = elementAt(metres, end - 1)
  const fraction = (limit - start) / (elementAt(seconds, end) - start)
  return from + fraction * (elementAt(metres, end) - from)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

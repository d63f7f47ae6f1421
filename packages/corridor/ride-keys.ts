import type { TimedRide } from '#packages/matching/ride-clock.ts'
import { bucketsOf, FINE_DAY, keyOf, LATE_SECONDS, type Level, WIDE_DAY, WIDE_HOUR, WIDE_LATE } from './key.ts'
import { type Pass, tracePath } from './trace-path.ts'

/** Added to both ends of every stay in a cell: the match takes a place within a metre of a stop as the stop. */
const CLOCK_MARGIN_MS = 2_000

/**
 * The keys of a ride: every cell on its way, at the times when the car is in it. Each once, in rising order.
 * Build the ride from what is stored (rounded polyline, metres and seconds): that is what the match looks at.
 * Some six keys for ten kilometres: 86 for a trip of 150 km, a few thousand across India.
 */
export function rideKeys(ride: TimedRide): number[] {
  const keys = new Set<number>()
  const fine = tracePath(FINE_DAY.grid, ride)
  const wide = tracePath(WIDE_DAY.grid, ride)
  addKeys(keys, FINE_DAY, fine, ride.departsAt)
  addKeys(keys, WIDE_DAY, wide, ride.departsAt)
  addKeys(keys, WIDE_HOUR, wide, ride.departsAt)
  const late = wide.filter((pass) => pass.to >= LATE_SECONDS - CLOCK_MARGIN_MS / 1000)
  addKeys(keys, WIDE_LATE, late, ride.departsAt)
  return [...keys].toSorted((a, b) => a - b)
}

function addKeys(keys: Set<number>, level: Level, passes: readonly Pass[], departsAt: number): void {
  for (const pass of passes) {
    const from = departsAt + pass.from * 1000 - CLOCK_MARGIN_MS
    const to = departsAt + pass.to * 1000 + CLOCK_MARGIN_MS
    const [first, last] = bucketsOf(level, from, to)
    for (let bucket = first; bucket <= last; bucket++) keys.add(keyOf(level, bucket, pass))
  }
}

import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { LONG_STOP_MS, PLANNED_STOP_METRES, STANDING_METRES } from './limits.ts'
import type { Watch } from './watch.ts'

type Standing = Watch['standing']

/**
 * Where the car stands and since when, with hysteresis: it begins to stand anew only where it has moved on for good.
 * `told` turns true when it has stood for long away from every place where it was expected.
 */
export function detectLongStop(
  before: Standing,
  car: Position,
  at: number,
  expected: readonly Position[],
): Standing {
  const { lat, lng } = car
  const moved = before === null ? Number.POSITIVE_INFINITY : distanceMetres(before, car)
  if (before === null || moved > STANDING_METRES.off) return { lat, lng, since: at, told: false }
  // Neither standing nor clearly moving: the time begins anew, unless it was told already.
  if (moved > STANDING_METRES.on && !before.told) return { ...before, since: at }
  if (before.told || at - before.since < LONG_STOP_MS) return before
  const isExpected = expected.some((place) => distanceMetres(place, car) <= PLANNED_STOP_METRES)
  return isExpected ? before : { ...before, told: true }
}

import { distanceMetres, type Position } from '#packages/geo/position.ts'
import {
  ASSUMED_ACCURACY_METRES,
  MAX_ACCURACY_METRES,
  MAX_AGE_MS,
  MAX_CLOCK_AHEAD_MS,
  MAX_SPEED_METRES_PER_SECOND,
} from './limits.ts'
import { inServiceArea } from './service-area.ts'

/** Where somebody was, as their device said. */
export interface Fix extends Position {
  /** The device's time of the fix, Unix milliseconds. */
  at: number
  /** Metres, 68 %; null where the device does not say. */
  accuracy: number | null
}

/** Of no use, and nobody's fault: a phone that had no network hands in what it has kept. */
export const USELESS = ['too_old', 'inaccurate', 'out_of_order'] as const

export type Judgement = 'accepted' | (typeof USELESS)[number] | 'ahead_of_time' | 'outside_area' | 'too_far'

/**
 * What to do with a fix after the last one that was accepted (null: none is known). Accepted ones lie in the area we
 * serve, go forward in time, and are reached from one to the next at a speed that roads allow, each fix being anywhere
 * within its accuracy.
 * @param now Unix milliseconds
 */
export function judgeLocation(fix: Fix, last: Fix | null, now: number): Judgement {
  if (fix.at > now + MAX_CLOCK_AHEAD_MS) return 'ahead_of_time'
  if (fix.at < now - MAX_AGE_MS) return 'too_old'
  if (last && fix.at <= last.at) return 'out_of_order'
  if (accuracyOf(fix) > MAX_ACCURACY_METRES) return 'inaccurate'
  if (!inServiceArea(fix)) return 'outside_area'
  return last && !isReachable(last, fix) ? 'too_far' : 'accepted'
}

const accuracyOf = ({ accuracy }: Fix): number => accuracy ?? ASSUMED_ACCURACY_METRES

function isReachable(from: Fix, to: Fix): boolean {
  const seconds = (to.at - from.at) / 1000
  return distanceMetres(from, to) - accuracyOf(from) - accuracyOf(to) <= seconds * MAX_SPEED_METRES_PER_SECOND
}

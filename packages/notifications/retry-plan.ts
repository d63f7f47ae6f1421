import { backOff, spreadBackOff } from '../retries/back-off.ts'

const SECOND_MS = 1000
const WAITS = { firstMs: 30 * SECOND_MS, longestMs: 30 * 60 * SECOND_MS }
/** A service may ask for patience, but not for ever. */
const LONGEST_ASKED_MS = 6 * 3600 * SECOND_MS

/** After so many tries, about four hours, a delivery is given up until an operator sends it again. */
export const MAX_TRIES = 13

/**
 * When a delivery is tried again, Unix milliseconds; null: not any more. As the service asks, and otherwise after a wait that
 * doubles from 30 s to half an hour; a quarter of it is by chance, so that what failed together does not come back together.
 * @param tries so far, this one included
 * @param afterMs what the service asked for
 * @param now Unix milliseconds
 * @param chance from 0 to 1
 */
export function nextTry(tries: number, afterMs: number | null, now: number, chance: number): number | null {
  if (tries >= MAX_TRIES) return null
  if (afterMs === null) return now + spreadBackOff(WAITS, tries, chance)
  return now + Math.min(afterMs, LONGEST_ASKED_MS) + (chance * backOff(WAITS, tries)) / 4
}

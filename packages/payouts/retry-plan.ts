import { type BackOff, spreadBackOff } from '../retries/back-off.ts'
import type { PayoutState } from './states.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** By what is waited for. */
const waits = {
  approved: { firstMs: 30_000, longestMs: 30 * MINUTE_MS },
  sent: { firstMs: MINUTE_MS, longestMs: HOUR_MS },
} satisfies Record<string, BackOff>

/** When a paid payout is asked after once more, in case it came back and nobody told. */
const AFTER_PAID_MS = [DAY_MS, 3 * DAY_MS, 7 * DAY_MS] as const

/**
 * When a payout is sent or asked after next, Unix milliseconds; null: not any more. A quarter of the wait is by chance, so that
 * what failed together does not come back together.
 * @param tries so far in this state
 * @param chance from 0 to 1
 */
export function nextTry(state: PayoutState, tries: number, now: number, chance: number): number | null {
  if (state === 'paid') {
    const wait = AFTER_PAID_MS[tries]
    return wait === undefined ? null : now + wait
  }
  if (state !== 'approved' && state !== 'sent') return null
  return now + spreadBackOff(waits[state], tries, chance)
}

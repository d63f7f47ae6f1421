import type { PayoutState } from './states.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** The first wait and the longest, by what is waited for; in between it doubles. */
const waits = {
  approved: { first: 30_000, longest: 30 * MINUTE_MS },
  sent: { first: MINUTE_MS, longest: HOUR_MS },
} as const

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
  const { first, longest } = waits[state]
  const wait = Math.min(longest, first * 2 ** Math.min(20, Math.max(0, tries - 1)))
  return now + wait * (0.75 + chance / 4)
}

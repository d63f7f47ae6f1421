import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lateAt } from './late-at.ts'
import { MAX_TRIES, nextTry } from './retry-plan.ts'

const HOUR_MS = 3600_000
const now = Date.UTC(2026, 11, 1)

/** How long it takes from the first try until nobody tries any more. */
function patience(chance: number): number {
  let at = now
  for (let tries = 1; ; tries++) {
    const next = nextTry(tries, null, at, chance)
    if (next === null) return at - now
    at = next
  }
}

test('an hour without FCM parks nothing, by whatever chance; a day of it does', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      expect(patience(chance)).toBeGreaterThan(2 * HOUR_MS)
      expect(patience(chance)).toBeLessThan(6 * HOUR_MS)
    }),
  )
})

test('the wait grows, and chance spreads it', () => {
  expect(nextTry(1, null, now, 1)).toBe(now + 30_000)
  expect(nextTry(1, null, now, 0)).toBe(now + 22_500)
  expect(nextTry(2, null, now, 1)).toBe(now + 60_000)
  expect(nextTry(12, null, now, 1)).toBe(now + HOUR_MS / 2)
})

test('what the service asks for is kept, and never undercut; nor does it ask for ever', () => {
  expect(nextTry(1, 120_000, now, 0)).toBe(now + 120_000)
  expect(nextTry(1, 120_000, now, 1)).toBeGreaterThan(now + 120_000)
  expect(nextTry(1, 10 ** 12, now, 0)).toBe(now + 6 * HOUR_MS)
  expect(nextTry(MAX_TRIES, 1000, now, 0)).toBeNull()
})

test('a notification matters no longer than its hours, nor than what it hangs on', () => {
  const instants = { answer: now + 1000, departure: now + 2 * HOUR_MS, arrival: null }
  expect(lateAt({ hours: 24, until: 'answer' }, now, instants)).toBe(now + 1000)
  expect(lateAt({ hours: 1, until: 'departure' }, now, instants)).toBe(now + HOUR_MS)
  expect(lateAt({ hours: 3, until: 'arrival' }, now, instants)).toBe(now + 3 * HOUR_MS)
  expect(lateAt({ hours: 3 }, now, instants)).toBe(now + 3 * HOUR_MS)
})

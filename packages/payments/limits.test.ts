import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextCheck, ORDER_CHECKS, ORDER_FOLLOWED_MS } from './limits.ts'

test('an order is looked after more and more rarely, and for a day', () => {
  expect(nextCheck(0, 0)).toBe(60_000)
  expect(nextCheck(0, 10 * 60_000)).toBe(15 * 60_000)
  expect(nextCheck(0, ORDER_FOLLOWED_MS - 1)).toBe(ORDER_FOLLOWED_MS - 1 + ORDER_CHECKS.longestMs)
  expect(nextCheck(0, ORDER_FOLLOWED_MS)).toBeNull()
})

test('the next look is ahead, and never farther than the longest wait', () => {
  fc.assert(
    fc.property(fc.nat(ORDER_FOLLOWED_MS - 1), (age) => {
      const wait = (nextCheck(5, 5 + age) ?? 0) - 5 - age
      expect(wait).toBeGreaterThanOrEqual(ORDER_CHECKS.firstMs)
      expect(wait).toBeLessThanOrEqual(ORDER_CHECKS.longestMs)
    }),
  )
})

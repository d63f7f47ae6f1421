import { expect, test } from 'vitest'
import { backOff, spreadBackOff } from './back-off.ts'

const plan = { firstMs: 10, longestMs: 50 }

test('each wait is twice as long as the one before, up to the longest', () => {
  expect([0, 1, 2, 3, 4, 500].map((tries) => backOff(plan, tries))).toEqual([10, 10, 20, 40, 50, 50])
})

test('chance takes up to a quarter of a wait away', () => {
  expect([0, 0.5, 1].map((chance) => spreadBackOff(plan, 3, chance))).toEqual([30, 35, 40])
})

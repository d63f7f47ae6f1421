import { expect, test } from 'vitest'
import { nextTry } from './retry-plan.ts'

const MINUTE_MS = 60_000
const waits = (state: Parameters<typeof nextTry>[0], tries: readonly number[]) =>
  tries.map((each) => nextTry(state, each, 0, 1))

test('waits double up to a longest', () => {
  expect(waits('approved', [1, 2, 3, 8, 30_000])).toEqual([0.5, 1, 2, 30, 30].map((n) => n * MINUTE_MS))
  expect(waits('sent', [0, 1, 2, 7, 30_000])).toEqual([1, 1, 2, 60, 60].map((n) => n * MINUTE_MS))
  expect(nextTry('sent', 1, 0, 0)).toBe(0.75 * MINUTE_MS)
})

test('what is paid is asked after for some days, and what is over or waits for people never', () => {
  expect(waits('paid', [0, 1, 2, 3])).toEqual([...[1, 3, 7].map((days) => days * 24 * 60 * MINUTE_MS), null])
  for (const state of ['waiting', 'failed', 'rejected', 'reversed'] as const)
    expect(nextTry(state, 1, 0, 1)).toBeNull()
})

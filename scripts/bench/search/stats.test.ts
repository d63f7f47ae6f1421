import { expect, test } from 'vitest'
import type { Sample } from './measure.ts'
import { byDensity, growth, percentile, speedup } from './stats.ts'

const sample = (more: Partial<Sample>): Sample => ({
  ...{ rides: 100, method: 'corridor', radius: 1_000, tolerance: 'hour', number: 0 },
  ...{ milliseconds: 1, matchMilliseconds: 0, candidates: 1, matches: 1, ...more },
})

test('a percentile is a value of the list that so many are not above', () => {
  const values = Array.from({ length: 100 }, (_, k) => 100 - k)
  expect([0.5, 0.95, 0.99, 1].map((part) => percentile(values, part))).toEqual([50, 95, 99, 100])
  expect(percentile([7], 0.5)).toBe(7)
  expect(percentile([], 0.5)).toBeNaN()
})

test('the exponent is 1 where ten times the rides take ten times as long, and 0 where they take as long', () => {
  const at = (rides: number, milliseconds: number) => sample({ rides, milliseconds })
  expect(growth([at(10, 1), at(100, 5), at(1_000, 100)], [10, 100, 1_000], 'corridor')).toBeCloseTo(1)
  expect(growth([at(10, 3), at(1_000, 3)], [10, 1_000], 'corridor')).toBeCloseTo(0)
})

test('methods are compared on the queries that both answered', () => {
  const samples = [
    sample({ number: 1, milliseconds: 2 }),
    sample({ number: 2, milliseconds: 500 }),
    sample({ number: 1, milliseconds: 20, method: 'path' }),
  ]
  expect(speedup(samples, 100, 'corridor', 'path')).toBe(10)
})

test('a query is dense at every size when it has many matches at the largest', () => {
  const samples = [
    sample({ rides: 10, matches: 2 }),
    sample({ rides: 100, matches: 200 }),
    sample({ rides: 100, method: 'path', matches: 0 }),
    sample({ rides: 100, number: 1, matches: 199 }),
  ]
  const { sparse, dense } = byDensity(samples, 100)
  expect(dense).toEqual(samples.slice(0, 3))
  expect(sparse).toEqual(samples.slice(3))
})

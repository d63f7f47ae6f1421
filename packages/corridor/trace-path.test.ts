import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { pointAt } from '#packages/geo/locate.ts'
import { rideAndQuery } from '#packages/matching/testing/random-ride.ts'
import { timeAt } from '#packages/matching/testing/sampled-match.ts'
import { circleCells } from './circle-cells.ts'
import { gridOf } from './grid.ts'
import { tracePath } from './trace-path.ts'

test('wherever the car is, it is in a cell that was traced, at that time', () => {
  const grid = gridOf(500)
  fc.assert(
    fc.property(rideAndQuery, ({ ride }) => {
      const passes = tracePath(grid, ride)
      const total = elementAt(ride.path.metres, ride.path.metres.length - 1)
      for (let sample = 0; sample <= 50; sample++) {
        const metres = (sample / 50) * total
        const seconds = (timeAt(ride, metres) - ride.departsAt) / 1000
        const near = circleCells(grid, pointAt(ride.path, metres), 0.01)
        const there = passes.some(
          (pass) =>
            near.some(({ row, column }) => row === pass.row && column === pass.column) &&
            seconds >= pass.from - 0.01 &&
            seconds <= pass.to + 0.01,
        )
        expect(there).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('the passes follow each other without a gap in time, from departure to the last wait', () => {
  fc.assert(
    fc.property(rideAndQuery, ({ ride }) => {
      const passes = tracePath(gridOf(2_000), ride)
      const dwell = ride.stopDwellSeconds ?? 0
      const driving = elementAt(ride.path.seconds, ride.path.seconds.length - 1)
      expect(passes[0]?.from).toBe(0)
      expect(passes.at(-1)?.to).toBeCloseTo(driving + dwell * (ride.stopVertices.length - 1), 6)
      for (const [k, pass] of passes.entries()) {
        const next = passes[k + 1]
        expect(pass.to).toBeGreaterThanOrEqual(pass.from)
        // At a stop on the edge of a cell the wait is in both.
        if (next) expect(next.from).toBeLessThanOrEqual(pass.to + 1e-6)
      }
    }),
    { numRuns: 300 },
  )
})

test('a car that stands at a stop is in its cell for the whole wait', () => {
  const points = [0, 1, 2].map((k) => ({ lat: 12.001, lng: 77 + k / 100 }))
  const path = { points, metres: [0, 1_000, 2_000], seconds: [0, 100, 200] }
  const passes = tracePath(gridOf(100_000), {
    path,
    stopVertices: [0, 1, 2],
    departsAt: 0,
    stopDwellSeconds: 600,
  })
  expect(passes.map(({ from, to }) => [from, to])).toEqual([
    [0, 700],
    [700, 1_400],
  ])
})

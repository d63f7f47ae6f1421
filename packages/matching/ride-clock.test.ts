import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { locationAt, secondsOf } from '#packages/geo/locate.ts'
import { arrivalAt, stretchDuring, type TimedRide } from './ride-clock.ts'
import { timeAt } from './testing/sampled-match.ts'

const points = Array.from({ length: 7 }, (_, k) => ({ lat: 12 + k / 100, lng: 77 }))
/** Stops at 0, 2, 4 and 6 km; the seconds of the second leg are rounded to equal ones, as routers do. */
const ride: TimedRide = {
  path: {
    points,
    metres: [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000],
    seconds: [0, 100, 200, 200, 300, 400, 500],
  },
  stopVertices: [0, 2, 4, 6],
  departsAt: 1_000_000,
}
const during = (from: number, to: number) => stretchDuring(ride, 1_000_000 + from * 1000, 1_000_000 + to * 1000)

const arrival = (metres: number) => arrivalAt(ride, metres, secondsOf(ride.path, locationAt(ride.path, metres)))

test('the stretch of a window, in seconds after departure', () => {
  expect(during(-50, -1)).toBeNull()
  expect(during(-50, 0)).toEqual({ from: 0, to: 0 })
  expect(during(50, 150)).toEqual({ from: 500, to: 1_500 })
  expect(during(210, 220)).toEqual({ from: 2_000, to: 2_000 })
  expect(during(150, 260)).toEqual({ from: 1_500, to: 3_000 })
  expect(during(260, 260)).toEqual({ from: 2_000, to: 3_000 })
  expect(during(0, 9_999)).toEqual({ from: 0, to: 6_000 })
  expect(during(9_000, 9_999)).toBeNull()
  expect(during(60, 50)).toBeNull()
})

test('a place is on the stretch if and only if the car is there within the window', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100, max: 900 }), fc.nat(900), fc.nat(6_000), (start, length, metres) => {
      const stretch = during(start, start + length)
      const at = (timeAt(ride, metres) - ride.departsAt) / 1000
      const waits = ride.stopVertices.some(
        (vertex, k) => k > 0 && elementAt(ride.path.metres, vertex) === metres,
      )
      const there = at <= start + length && at + (waits ? 60 : 0) >= start
      expect(stretch !== null && metres >= stretch.from - 1e-6 && metres <= stretch.to + 1e-6).toBe(there)
    }),
    { numRuns: 2_000 },
  )
})

test('arrival counts the waits at earlier stops only', () => {
  expect(
    [0, 1_000, 2_000, 2_000.9, 2_500, 6_000].map((metres) => (arrival(metres) - ride.departsAt) / 1000),
  ).toEqual([0, 100, 200, 200, 260, 620])
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { locationAt, pointAt, secondsOf } from '#packages/geo/locate.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { type Match, matchRide } from './match-ride.ts'
import type { TimedRide } from './ride-clock.ts'
import { expectFiltersHold } from './testing/expect-filters.ts'
import { departsAt, metresUpTo, rideAndQuery, share, wholeDay } from './testing/random-ride.ts'
import { costOf, leastSampledCost, limitsOf, TOLERANCE_METRES } from './testing/sampled-match.ts'

const totalCost = (match: Match | null) =>
  match
    ? costOf(match.pickup.walkMetres + match.dropoff.walkMetres, match.sharedMetres)
    : Number.POSITIVE_INFINITY

test('every match satisfies every filter, and brute force finds neither more nor nearer', () => {
  let matches = 0
  fc.assert(
    fc.property(rideAndQuery, ({ ride, query }) => {
      const match = matchRide(ride, query)
      if (match) expectFiltersHold(ride, query, match)
      if (match) matches++
      const sampled = leastSampledCost(ride, query, 1_500)
      if (sampled === Number.POSITIVE_INFINITY) return
      expect(totalCost(match)).toBeLessThanOrEqual(sampled + TOLERANCE_METRES)
    }),
    { numRuns: 600 },
  )
  expect(matches).toBeGreaterThan(100)
})

test('a stop added at a vertex never removes or changes a match of the day', () => {
  fc.assert(
    fc.property(rideAndQuery, share, ({ ride, query }, where) => {
      const vertex = Math.round(where * (ride.path.points.length - 1))
      const stopVertices = [...new Set([...ride.stopVertices, vertex])].toSorted((a, b) => a - b)
      const before = matchRide(ride, { ...query, ...wholeDay })
      const after = matchRide({ ...ride, stopVertices }, { ...query, ...wholeDay })
      expect(after?.pickup.metres).toBe(before?.pickup.metres)
      expect(after?.dropoff.metres).toBe(before?.dropoff.metres)
    }),
    { numRuns: 300 },
  )
})

test('a stop added inside a segment keeps every match that is not on the edge of the radius', () => {
  fc.assert(
    fc.property(rideAndQuery, share, ({ ride, query }, where) => {
      const before = matchRide(ride, { ...query, ...wholeDay })
      fc.pre(
        before !== null &&
          Math.max(before.pickup.walkMetres, before.dropoff.walkMetres) <
            limitsOf(query).radius - TOLERANCE_METRES,
      )
      const after = matchRide(withStopAt(ride, where), { ...query, ...wholeDay })
      expect(totalCost(after)).toBeLessThanOrEqual(totalCost(before) + TOLERANCE_METRES)
    }),
    { numRuns: 300 },
  )
})

function withStopAt(ride: TimedRide, where: number): TimedRide {
  const { path } = ride
  const metres = where * elementAt(path.metres, path.metres.length - 1)
  const location = locationAt(path, metres)
  const vertex = location.vertex + 1
  const kept = ride.stopVertices.map((stop) => (stop < vertex ? stop : stop + 1))
  return {
    ...ride,
    path: {
      points: path.points.toSpliced(vertex, 0, pointAt(path, metres)),
      metres: path.metres.toSpliced(vertex, 0, metres),
      seconds: path.seconds.toSpliced(vertex, 0, secondsOf(path, location)),
    },
    stopVertices: [...kept, vertex].toSorted((a, b) => a - b),
  }
}

const reversed = (values: readonly number[]) =>
  values.map((value) => elementAt(values, values.length - 1) - value).toReversed()

test('the ride driven backwards serves the passenger who goes back, with the same walk', () => {
  fc.assert(
    fc.property(rideAndQuery, ({ ride, query }) => {
      const { points, metres, seconds } = ride.path
      const last = points.length - 1
      const back: TimedRide = {
        ...ride,
        path: { points: points.toReversed(), metres: reversed(metres), seconds: reversed(seconds) },
        stopVertices: ride.stopVertices.map((vertex) => last - vertex).toReversed(),
      }
      const there = totalCost(matchRide(ride, { ...query, ...wholeDay }))
      const again = totalCost(
        matchRide(back, { ...query, ...wholeDay, pickup: query.dropoff, dropoff: query.pickup }),
      )
      if (there === again) return
      expect(Math.abs(there - again)).toBeLessThan(0.05)
    }),
    { numRuns: 300 },
  )
})

test('anywhere on Earth, poles and antimeridian too, it answers, and what it answers holds', () => {
  const lat = fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.constantFrom(-90, -89.99, 0, 89.99, 90),
  )
  const lng = fc.oneof(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.constantFrom(-180, -179.99, 0, 179.99, 180),
  )
  const position = fc.record({ lat, lng })
  fc.assert(
    fc.property(
      fc.array(position, { minLength: 2, maxLength: 20 }),
      position,
      position,
      metresUpTo(25_000),
      (stops, a, b, radius) => {
        fc.pre(stops.every((stop, k) => k === 0 || distanceMetres(stop, elementAt(stops, k - 1)) > 2))
        fc.pre(stops.every((stop, k) => k === 0 || distanceMetres(stop, elementAt(stops, k - 1)) < 19_900_000))
        const built = greatCirclePath(stops, { speedMetresPerSecond: 250, maxSegmentMetres: 200_000 })
        for (const [pickup, dropoff] of [
          [a, b],
          [elementAt(stops, 0), elementAt(stops, 1)],
        ] as const) {
          const query = { pickup, dropoff, radiusMetres: radius, earliest: 0, latest: 2 * departsAt }
          const match = matchRide({ ...built, departsAt }, query)
          if (match) expectFiltersHold({ ...built, departsAt }, query, match)
        }
      },
    ),
    { numRuns: 300 },
  )
})

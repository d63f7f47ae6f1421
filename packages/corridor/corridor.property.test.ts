import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { matchRide } from '#packages/matching/match-ride.ts'
import { departsAt, rideAndQuery } from '#packages/matching/testing/random-ride.ts'
import { limitsOf } from '#packages/matching/testing/sampled-match.ts'
import { LONGEST_WINDOW_DAYS, MAX_QUERY_KEYS, queryKeys } from './query-keys.ts'
import { rideKeys } from './ride-keys.ts'

const HOUR = 3_600_000

function finds(ride: Parameters<typeof rideKeys>[0], query: Parameters<typeof queryKeys>[0]): boolean {
  const keys = new Set(rideKeys(ride))
  return queryKeys(query).every((set) => set.some((key) => keys.has(key)))
}

test('every ride that matches is found: lines, loops, there and back, laps, in a hurry or not', () => {
  let matches = 0
  let others = 0
  fc.assert(
    fc.property(rideAndQuery, fc.nat(24), ({ ride, query }, hours) => {
      const whole = { ...query, radiusMetres: limitsOf(query).radius }
      const shifted = { ...ride, departsAt: ride.departsAt + hours * HOUR }
      for (const [one, asked] of [
        [ride, whole],
        [shifted, { ...whole, earliest: query.earliest + hours * HOUR, latest: query.latest + hours * HOUR }],
      ] as const) {
        if (matchRide(one, asked)) {
          matches++
          expect(finds(one, asked)).toBe(true)
        } else if (!finds(one, asked)) others++
      }
    }),
    { numRuns: 3_000 },
  )
  expect(matches).toBeGreaterThan(1_000)
  expect(others).toBeGreaterThan(500)
})

const lat = fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-90, -89.99, 0, 89.99, 90))
const lng = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(-180, -179.99, 0, 179.99, 180),
)
const place = fc.record({ lat, lng })

test('anywhere on Earth, across 180° and the poles too, and days after departure', () => {
  let matches = 0
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 200, max: 25_000 }),
      fc.constantFrom(20, 250),
      fc.boolean(),
      (stops, radiusMetres, speedMetresPerSecond, wholeWay) => {
        const apart = stops.map((stop, k) => (k === 0 ? 1e6 : distanceMetres(stop, elementAt(stops, k - 1))))
        fc.pre(apart.every((metres) => metres > 2 && metres < 19_900_000))
        const options = { speedMetresPerSecond, maxSegmentMetres: 200_000 }
        const ride = { ...greatCirclePath(stops, options), departsAt }
        const query = {
          pickup: elementAt(stops, 0),
          dropoff: elementAt(stops, wholeWay ? stops.length - 1 : 1),
          radiusMetres,
          earliest: departsAt - HOUR,
          latest: departsAt + HOUR,
        }
        if (!matchRide(ride, query)) return
        matches++
        expect(finds(ride, query)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
  expect(matches).toBeGreaterThan(50)
})

test('a query has a bounded number of keys, whatever its radius, window and place', () => {
  fc.assert(
    fc.property(
      place,
      place,
      fc.integer({ min: 100, max: 25_000 }),
      fc.oneof(fc.integer({ min: 0, max: 48 * 3_600 }), fc.constant(LONGEST_WINDOW_DAYS * 24 * 3_600)),
      fc.nat(86_400),
      (pickup, dropoff, radiusMetres, seconds, start) => {
        const earliest = departsAt + start * 1000
        const sets = queryKeys({ pickup, dropoff, radiusMetres, earliest, latest: earliest + seconds * 1000 })
        const keys = sets.flat()
        expect(keys.length).toBeLessThanOrEqual(MAX_QUERY_KEYS)
        for (const set of sets) expect(new Set(set).size).toBe(set.length)
        expect(keys.every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
})

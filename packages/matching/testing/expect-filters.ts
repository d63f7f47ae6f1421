import { expect } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { pointAt } from '#packages/geo/locate.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { type Match, type MatchQuery, STOP_SNAP_METRES } from '../match-ride.ts'
import type { TimedRide } from '../ride-clock.ts'
import { limitsOf, stopMetres, timeAt } from './sampled-match.ts'

/** Checks a match against every rule, from the rules' definitions. */
export function expectFiltersHold(ride: TimedRide, query: MatchQuery, match: Match): void {
  const { radius, shared } = limitsOf(query)
  const { pickup, dropoff, legFrom, legTo } = match
  for (const [place, wanted] of [
    [pickup, query.pickup],
    [dropoff, query.dropoff],
  ] as const) {
    expect(place.walkMetres).toBeLessThanOrEqual(radius)
    expect(place.walkMetres).toBe(distanceMetres(wanted, place.point))
    expect(distanceMetres(place.point, pointAt(ride.path, place.metres))).toBeLessThan(0.01)
  }
  expect(dropoff.metres).toBeGreaterThan(pickup.metres)
  expect(match.sharedMetres).toBe(dropoff.metres - pickup.metres)
  expect(match.sharedMetres).toBeGreaterThanOrEqual(shared - 1e-6)
  expect(pickup.at).toBeGreaterThanOrEqual(query.earliest)
  expect(pickup.at).toBeLessThanOrEqual(query.latest)
  expect(pickup.at).toBeGreaterThanOrEqual(Math.floor(timeAt(ride, pickup.metres - 1)) - 1)
  expect(pickup.at).toBeLessThanOrEqual(Math.ceil(timeAt(ride, pickup.metres + 1)) + 1)
  expect(dropoff.at).toBeGreaterThan(pickup.at)

  const stops = stopMetres(ride)
  expect(legFrom).toBeGreaterThanOrEqual(0)
  expect(legFrom).toBeLessThan(legTo)
  expect(legTo).toBeLessThan(stops.length)
  expect(elementAt(stops, legFrom)).toBeLessThanOrEqual(pickup.metres + STOP_SNAP_METRES)
  expect(elementAt(stops, legFrom + 1)).toBeGreaterThan(pickup.metres + STOP_SNAP_METRES)
  expect(elementAt(stops, legTo)).toBeGreaterThanOrEqual(dropoff.metres - STOP_SNAP_METRES)
  expect(elementAt(stops, legTo - 1)).toBeLessThan(dropoff.metres - STOP_SNAP_METRES)
}

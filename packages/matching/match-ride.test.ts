import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import type { Position } from '#packages/geo/position.ts'
import { defaultRadiusMetres, matchRide, minSharedMetres } from './match-ride.ts'
import type { TimedRide } from './ride-clock.ts'

const departsAt = Date.UTC(2026, 10, 22, 6)
const wholeDay = { earliest: departsAt, latest: departsAt + 86_400_000 }
const minute = 60_000

const bengaluru = { lat: 12.97, lng: 77.59 }
const mandya = { lat: 12.52, lng: 76.9 }
const mysuru = { lat: 12.3, lng: 76.64 }

function rideThrough(...stops: Position[]): TimedRide {
  return { ...greatCirclePath(stops, { speedMetresPerSecond: 15, maxSegmentMetres: 2_000 }), departsAt }
}
const whole = rideThrough(bengaluru, mandya, mysuru)
const atMandya = elementAt(whole.path.seconds, elementAt(whole.stopVertices, 1)) * 1000 + departsAt

test('from the first stop to the last: every leg, no walk, the ride’s own times', () => {
  const match = matchRide(whole, { pickup: bengaluru, dropoff: mysuru, ...wholeDay })
  expect(match).toMatchObject({ legFrom: 0, legTo: 2, pickup: { walkMetres: 0, metres: 0, at: departsAt } })
  const lasts = elementAt(whole.path.seconds, whole.path.seconds.length - 1) * 1000
  expect(match?.dropoff).toMatchObject({ walkMetres: 0, at: Math.round(departsAt + lasts + minute) })
})

test('a pickup at a stop sits in the leg after it, a drop-off in the leg before it', () => {
  expect(matchRide(whole, { pickup: mandya, dropoff: mysuru, ...wholeDay })).toMatchObject({
    legFrom: 1,
    legTo: 2,
  })
  expect(matchRide(whole, { pickup: bengaluru, dropoff: mandya, ...wholeDay })).toMatchObject({
    legFrom: 0,
    legTo: 1,
  })
})

test('who boards at a stop boards at its arrival, or while the car waits when only that is in time', () => {
  const passenger = { pickup: mandya, dropoff: mysuru, radiusMetres: 300 }
  const arrival = Math.round(atMandya)
  expect(matchRide(whole, { ...passenger, ...wholeDay })?.pickup.at).toBe(arrival)
  const waiting = { earliest: arrival + 20_000, latest: arrival + 30_000 }
  expect(matchRide(whole, { ...passenger, ...waiting })?.pickup).toMatchObject({
    walkMetres: 0,
    at: arrival + 20_000,
  })
  expect(
    matchRide(whole, { ...passenger, earliest: arrival + 2 * minute, latest: arrival + 9 * minute }),
  ).toBeNull()
  expect(
    matchRide(whole, { ...passenger, earliest: arrival - 9 * minute, latest: arrival - 2 * minute }),
  ).toBeNull()
})

test('the window is that of the passenger’s pickup, not of the departure', () => {
  const passenger = { pickup: mandya, dropoff: mysuru }
  expect(matchRide(whole, { ...passenger, earliest: departsAt, latest: departsAt + 30 * minute })).toBeNull()
  expect(
    matchRide(whole, { ...passenger, earliest: atMandya - minute, latest: atMandya + minute }),
  ).not.toBeNull()
})

test('no match: the other way, out of reach at either end, a window without a moment, a trip too short', () => {
  expect(matchRide(whole, { pickup: mysuru, dropoff: bengaluru, ...wholeDay })).toBeNull()
  const aside = { lat: 13.4, lng: 77.59 }
  expect(matchRide(whole, { pickup: aside, dropoff: mysuru, radiusMetres: 20_000, ...wholeDay })).toBeNull()
  expect(matchRide(whole, { pickup: bengaluru, dropoff: aside, radiusMetres: 20_000, ...wholeDay })).toBeNull()
  const passenger = { pickup: bengaluru, dropoff: mysuru }
  expect(matchRide(whole, { ...passenger, earliest: departsAt + minute, latest: departsAt })).toBeNull()
  expect(matchRide(whole, { ...passenger, earliest: Number.NaN, latest: Number.NaN })).toBeNull()
  const hop = rideThrough(bengaluru, { lat: 12.97, lng: 77.6 })
  expect(matchRide(hop, { pickup: bengaluru, dropoff: { lat: 12.97, lng: 77.6 }, ...wholeDay })).toBeNull()
})

test('there and back: each direction is matched on its own half', () => {
  const back = rideThrough(bengaluru, mandya, mysuru, mandya, bengaluru)
  const out = matchRide(back, { pickup: mandya, dropoff: mysuru, ...wholeDay })
  const home = matchRide(back, { pickup: mysuru, dropoff: mandya, ...wholeDay })
  expect(out).toMatchObject({ legFrom: 1, legTo: 2 })
  expect(home).toMatchObject({ legFrom: 2, legTo: 3 })
})

test('there and back: nobody is carried to the far end for the other side of the road', () => {
  const back = rideThrough(bengaluru, mandya, mysuru, { lat: 12.5201, lng: 76.9 }, bengaluru)
  const otherSide = { lat: 12.5201, lng: 76.9 }
  expect(matchRide(back, { pickup: bengaluru, dropoff: otherSide, ...wholeDay })).toMatchObject({
    legFrom: 0,
    legTo: 1,
  })
})

test('a loop: the passenger who goes over its seam takes the second lap', () => {
  const corner = { lat: 12.6, lng: 77.5 }
  const laps = rideThrough(bengaluru, mandya, corner, bengaluru, mandya, corner)
  expect(matchRide(laps, { pickup: corner, dropoff: mandya, ...wholeDay })).toMatchObject({
    legFrom: 2,
    legTo: 4,
  })
  expect(matchRide(laps, { pickup: mandya, dropoff: corner, ...wholeDay })).toMatchObject({
    legTo: expect.any(Number),
  })
})

test('the radius holds on segments too long for the flat map', () => {
  const far = {
    ...greatCirclePath(
      [
        { lat: 60, lng: 10 },
        { lat: 60.6, lng: 11.2 },
      ],
      { speedMetresPerSecond: 15, maxSegmentMetres: 1e6 },
    ),
    departsAt,
  }
  for (const side of [-0.05, 0.05]) {
    const passenger = {
      pickup: { lat: 60.3 + side, lng: 10.6 },
      dropoff: { lat: 60.6, lng: 11.2 },
      ...wholeDay,
    }
    const walk = matchRide(far, { ...passenger, radiusMetres: 10_000 })?.pickup.walkMetres ?? 0
    expect(walk).toBeGreaterThan(1_000)
    expect(matchRide(far, { ...passenger, radiusMetres: walk - 5 })).toBeNull()
  }
})

test('the limits by trip length', () => {
  expect([6_000, 60_000, 600_000].map(defaultRadiusMetres)).toEqual([2_000, 10_000, 25_000])
  expect([5_000, 100_000].map(minSharedMetres)).toEqual([2_000, 20_000])
})

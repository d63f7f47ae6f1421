import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from '#packages/geo/element-at.ts'
import { nearestOnPath, pointAt } from '#packages/geo/locate.ts'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'
import { MAX_PATH_VERTICES, PATH_ERROR_METRES, readGoogleRoute } from './read-google-route.ts'
import { RoadError } from './road-error.ts'

const bengaluru = { lat: 12.97, lng: 77.59 }
const mandya = { lat: 12.52, lng: 76.9 }
const mysuru = { lat: 12.3, lng: 76.64 }
const stops = [bengaluru, mandya, mysuru]

/** A leg that swings from side to side of the straight line. */
function leg(from: Position, to: Position, vertices: number, swing: number) {
  const points = Array.from({ length: vertices }, (_, k) => {
    const share = k / (vertices - 1)
    const aside = k === 0 || k === vertices - 1 ? 0 : swing * Math.sin(k)
    return { lat: from.lat + (to.lat - from.lat) * share + aside, lng: from.lng + (to.lng - from.lng) * share }
  })
  const distanceMeters = Math.round(distanceMetres(from, to) * 1.4)
  return {
    points,
    leg: {
      distanceMeters,
      duration: `${Math.round(distanceMeters / 15)}s`,
      polyline: { encodedPolyline: encodePolyline(points) },
    },
  }
}
const reply = (...legs: unknown[]) => ({ routes: [{ legs }] })
const there = leg(bengaluru, mandya, 500, 0.004)
const on = leg(mandya, mysuru, 300, 0.004)
const whole = reply(there.leg, on.leg)

test('the road goes through the stops, with the metres and seconds of its legs', () => {
  const { source, path, stopVertices } = readGoogleRoute(whole, stops)
  expect(source).toBe('google_routes')
  expect(stopVertices[0]).toBe(0)
  expect(stopVertices[2]).toBe(path.points.length - 1)
  for (const [k, vertex] of stopVertices.entries())
    expect(distanceMetres(elementAt(path.points, vertex), elementAt(stops, k))).toBeLessThan(2)
  const middle = elementAt(stopVertices, 1)
  expect(path.metres[middle]).toBeCloseTo(there.leg.distanceMeters, 3)
  expect(path.metres.at(-1)).toBeCloseTo(there.leg.distanceMeters + on.leg.distanceMeters, 3)
  const seconds = [there.leg, on.leg].map((each) => Number.parseInt(each.duration))
  expect(path.seconds[middle]).toBeCloseTo(seconds[0] ?? 0, 6)
  expect(path.seconds.at(-1)).toBeCloseTo((seconds[0] ?? 0) + (seconds[1] ?? 0), 6)
  expect(
    [path.metres, path.seconds].every((list) =>
      list.every((value, k) => k === 0 || value > (list[k - 1] ?? 0)),
    ),
  ).toBe(true)
  for (const point of [...there.points, ...on.points])
    expect(nearestOnPath(path, point).walkMetres).toBeLessThan(PATH_ERROR_METRES + 2)
})

test('a very long and winding road has no more vertices than can be stored', () => {
  const far = { lat: 20.5, lng: 79 }
  const { path } = readGoogleRoute(reply(leg(bengaluru, far, 20_000, 0.003).leg), [bengaluru, far])
  expect(path.points.length).toBeLessThanOrEqual(MAX_PATH_VERTICES)
})

test('no piece is longer than matching can take, though Google draws one line', () => {
  const straight = leg(bengaluru, mysuru, 2, 0)
  const { path } = readGoogleRoute(reply(straight.leg), [bengaluru, mysuru])
  for (let k = 1; k < path.points.length; k++)
    expect(distanceMetres(elementAt(path.points, k - 1), elementAt(path.points, k))).toBeLessThanOrEqual(10_000)
  const half = pointAt(path, straight.leg.distanceMeters / 2)
  expect(half.lat).toBeCloseTo((bengaluru.lat + mysuru.lat) / 2, 4)
})

const changed = (more: object) => reply({ ...there.leg, ...more }, on.leg)
test.each([
  ['nothing', undefined],
  ['no route', {}],
  ['an empty list', { routes: [] }],
  ['a leg too few', reply(there.leg)],
  ['a leg without its length', changed({ distanceMeters: undefined })],
  ['a length of zero', changed({ distanceMeters: 0 })],
  ['a length that is shorter than the straight line', changed({ distanceMeters: 50_000 })],
  ['a length beyond all roads', changed({ distanceMeters: 1e9 })],
  ['no time', changed({ duration: '0s' })],
  ['a time in words', changed({ duration: 'an hour' })],
  ['the time of an aeroplane', changed({ duration: '600s' })],
  ['no line', changed({ polyline: undefined })],
  ['a line of one point', changed({ polyline: { encodedPolyline: encodePolyline([bengaluru]) } })],
  ['a line of one place', changed({ polyline: { encodedPolyline: encodePolyline([bengaluru, bengaluru]) } })],
  ['a broken line', changed({ polyline: { encodedPolyline: `${there.leg.polyline.encodedPolyline}~` } })],
  ['a road to somewhere else', reply(there.leg, leg(mandya, bengaluru, 100, 0).leg)],
])('%s is no road', (_, garbage) => {
  expect(() => readGoogleRoute(garbage, stops)).toThrow(RoadError)
})

test('whatever comes, it is a road or refused as none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, encodedPolyline) => {
      for (const garbage of [value, reply(value, on.leg), changed({ polyline: { encodedPolyline } })])
        expect(() => readGoogleRoute(garbage, stops)).toThrow(RoadError)
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from './element-at.ts'
import { firstAbove, locationAt, metresOf, nearestOnPath, pointAt, pointOf, secondsOf } from './locate.ts'
import { greatCirclePath } from './path.ts'
import { footOnSegment, planeAround } from './plane.ts'
import { distanceMetres } from './position.ts'

const degrees = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((n) => n / 1000)
const origin = fc.record({ lat: degrees(-59, 59), lng: degrees(-180, 180) })
const step = fc.record({ lat: degrees(-0.15, 0.15), lng: degrees(-0.15, 0.15) })

test('the nearest location is as near as any of a dense sample, within 1 m', () => {
  let worst = 0
  fc.assert(
    fc.property(origin, fc.array(step, { minLength: 1, maxLength: 6 }), step, (start, steps, aside) => {
      const stops = [start]
      for (const { lat, lng } of steps) {
        const last = elementAt(stops, stops.length - 1)
        stops.push({ lat: last.lat + lat / 2, lng: last.lng + lng / 2 })
      }
      fc.pre(
        stops.every(
          (stop, k) =>
            Math.abs(stop.lng) <= 180 && (k === 0 || distanceMetres(stop, elementAt(stops, k - 1)) > 1),
        ),
      )
      const { path } = greatCirclePath(stops, { speedMetresPerSecond: 10, maxSegmentMetres: 10_000 })
      const position = { lat: start.lat + aside.lat, lng: start.lng + aside.lng }
      const nearest = nearestOnPath(path, position)
      expect(distanceMetres(pointOf(path, nearest), position)).toBe(nearest.walkMetres)
      const total = elementAt(path.metres, path.metres.length - 1)
      for (let k = 0; k <= 300; k++) {
        const walk = distanceMetres(position, pointAt(path, (k / 300) * total))
        if (walk > 25_000) continue
        worst = Math.max(worst, nearest.walkMetres - walk)
      }
    }),
    { numRuns: 400 },
  )
  expect(worst).toBeLessThan(1)
})

test('the flat map is right within 0.001 % up to 25 km', () => {
  fc.assert(
    fc.property(origin, step, (centre, { lat, lng }) => {
      const other = { lat: centre.lat + lat, lng: centre.lng + lng }
      const { offset } = footOnSegment(planeAround(centre), other, other)
      expect(Math.abs(offset - distanceMetres(centre, other))).toBeLessThanOrEqual(offset * 1e-5 + 1e-6)
    }),
    { numRuns: 2_000 },
  )
})

const { path, stopVertices } = greatCirclePath(
  [
    { lat: 12, lng: 77 },
    { lat: 12.1, lng: 77 },
    { lat: 12, lng: 77 },
  ],
  { speedMetresPerSecond: 10, maxSegmentMetres: 1_000 },
)
const turn = elementAt(stopVertices, 1)

test('a range of vertices chooses the pass; without one, the first', () => {
  const beside = { lat: 12.05, lng: 77.01 }
  expect(nearestOnPath(path, beside).vertex).toBeLessThan(turn)
  expect(nearestOnPath(path, beside, { from: turn }).vertex).toBeGreaterThanOrEqual(turn)
  expect(nearestOnPath(path, { lat: 12.2, lng: 77 }, { to: turn })).toMatchObject({
    vertex: turn - 1,
    fraction: 1,
  })
  for (const range of [{ from: 3, to: 3 }, { from: -1 }, { to: path.points.length }]) {
    expect(() => nearestOnPath(path, beside, range)).toThrow(RangeError)
  }
})

test('metres, seconds and positions of a location agree', () => {
  const total = elementAt(path.metres, path.metres.length - 1)
  fc.assert(
    fc.property(fc.double({ min: 0, max: total, noNaN: true }), (metres) => {
      const location = locationAt(path, metres)
      expect(metresOf(path, location)).toBeCloseTo(metres, 6)
      expect(secondsOf(path, location)).toBeCloseTo(metres / 10, 6)
    }),
  )
  expect(pointAt(path, -5)).toEqual(path.points[0])
  expect(pointAt(path, total + 5)).toEqual(path.points.at(-1))
  expect(pointAt(path, elementAt(path.metres, turn))).toEqual(path.points[turn])
})

test('the first value above a limit', () => {
  expect([-1, 0, 1, 2, 3].map((limit) => firstAbove([0, 1, 1, 3], limit))).toEqual([0, 1, 3, 3, 4])
})

test('a segment across the far meridian is far, not across the map', () => {
  const { path: world } = greatCirclePath(
    [
      { lat: 12, lng: 5 },
      { lat: 12, lng: 100 },
      { lat: 12, lng: 179.9 },
      { lat: 12, lng: -179.9 },
    ],
    { speedMetresPerSecond: 10, maxSegmentMetres: 100_000 },
  )
  expect(nearestOnPath(world, { lat: 12, lng: 0 })).toMatchObject({ vertex: 0, fraction: 0 })
})

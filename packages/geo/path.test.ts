import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from './element-at.ts'
import { greatCirclePath, ROAD_FACTOR } from './path.ts'
import { distanceMetres } from './position.ts'

const options = { speedMetresPerSecond: 10, maxSegmentMetres: 5_000 }
const stop = fc.record({
  lat: fc.integer({ min: -8_900, max: 8_900 }).map((n) => n / 100),
  lng: fc.integer({ min: -18_000, max: 18_000 }).map((n) => n / 100),
})
const metresBetween = (stops: { lat: number; lng: number }[], k: number) =>
  distanceMetres(elementAt(stops, k - 1), elementAt(stops, k))

test('stops are vertices, segments are short, metres and seconds add up', () => {
  fc.assert(
    fc.property(fc.array(stop, { minLength: 2, maxLength: 5 }), (stops) => {
      fc.pre(
        stops.every((_, k) => k === 0 || (metresBetween(stops, k) > 1 && metresBetween(stops, k) < 19_900_000)),
      )
      const { path, stopVertices } = greatCirclePath(stops, {
        speedMetresPerSecond: 10,
        maxSegmentMetres: 200_000,
      })
      expect(stopVertices.map((vertex) => path.points[vertex])).toEqual(stops)
      let straight = 0
      for (let k = 1; k < path.points.length; k++) {
        const piece = metresBetween(path.points, k)
        straight += piece
        expect(piece).toBeLessThanOrEqual(200_001)
        expect(elementAt(path.metres, k)).toBeGreaterThan(elementAt(path.metres, k - 1))
      }
      const direct = stops.reduce((sum, _, k) => (k === 0 ? 0 : sum + metresBetween(stops, k)), 0)
      expect(straight / direct).toBeCloseTo(1, 6)
      expect(path.metres.at(-1)).toBeCloseTo(direct * ROAD_FACTOR, 2)
      expect(path.seconds.at(-1)).toBeCloseTo((direct * ROAD_FACTOR) / 10, 3)
      expect([path.metres[0], path.seconds[0]]).toEqual([0, 0])
    }),
  )
})

test('it refuses one stop, neighbours at one place, antipodes, bad positions and bad options', () => {
  const a = { lat: 12, lng: 77 }
  const b = { lat: 13, lng: 77 }
  for (const stops of [
    [],
    [a],
    [a, b, b],
    [a, { lat: -12, lng: -103 }],
    [a, { lat: 91, lng: 0 }],
    [a, { lat: Number.NaN, lng: 0 }],
  ]) {
    expect(() => greatCirclePath(stops, options)).toThrow(RangeError)
  }
  for (const bad of [{ speedMetresPerSecond: 0 }, { maxSegmentMetres: Number.NaN }, { roadFactor: -1 }]) {
    expect(() => greatCirclePath([a, b], { ...options, ...bad })).toThrow(RangeError)
  }
})

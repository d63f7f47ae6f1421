import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, distanceMetres, isPosition, wrapLongitude } from './position.ts'

const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('known distances: Bengaluru to Mysuru, a degree of the equator, half the globe', () => {
  expect(distanceMetres({ lat: 12.9716, lng: 77.5946 }, { lat: 12.2958, lng: 76.6394 })).toBeCloseTo(
    128_091,
    -3,
  )
  expect(distanceMetres({ lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 })).toBeCloseTo(111_195.08, 1)
  expect(distanceMetres({ lat: 0, lng: 0 }, { lat: 0, lng: 180 })).toBeCloseTo(20_015_114.44, 1)
})

test('distance is a metric', () => {
  fc.assert(
    fc.property(position, position, position, (a, b, c) => {
      // Within 15 km of the antipodes h is next to 1, where asin turns a rounding of 1e-16 into decimetres.
      const isLong = [[a, b] as const, [b, c] as const].some(
        ([from, to]) => distanceMetres(from, to) > 20_000_000,
      )
      const rounding = isLong || distanceMetres(a, c) > 20_000_000 ? 0.25 : 1e-3
      expect(distanceMetres(a, b)).toBeCloseTo(distanceMetres(b, a), 6)
      expect(distanceMetres(a, c)).toBeLessThanOrEqual(distanceMetres(a, b) + distanceMetres(b, c) + rounding)
      expect(distanceMetres(a, a)).toBe(0)
    }),
  )
})

test('bounds', () => {
  expect(isPosition({ lat: -90, lng: 180 })).toBe(true)
  for (const bad of [
    { lat: 90.1, lng: 0 },
    { lat: 0, lng: -180.1 },
    { lat: Number.NaN, lng: 0 },
    { lat: 0, lng: Infinity },
  ]) {
    expect(isPosition(bad)).toBe(false)
  }
})

test('longitudes wrap, and lines go the short way round', () => {
  expect([181, -181, 540, 90].map(wrapLongitude).map(Math.abs)).toEqual([179, 179, 180, 90])
  expect(between({ lat: 0, lng: 179 }, { lat: 2, lng: -179 }, 0.75)).toEqual({ lat: 1.5, lng: -179.5 })
})

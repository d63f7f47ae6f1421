import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePolyline, encodePolyline } from './polyline.ts'

test('the example of Google’s documentation', () => {
  const points = [
    { lat: 38.5, lng: -120.2 },
    { lat: 40.7, lng: -120.95 },
    { lat: 43.252, lng: -126.453 },
  ]
  expect(encodePolyline(points)).toBe('_p~iF~ps|U_ulLnnqC_mqNvxq`@')
  expect(decodePolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@')).toEqual(points)
  expect(decodePolyline('')).toEqual([])
})

test('what was encoded comes back, to five decimals', () => {
  const position = fc.record({
    lat: fc.integer({ min: -9_000_000, max: 9_000_000 }).map((n) => n / 1e5),
    lng: fc.integer({ min: -18_000_000, max: 18_000_000 }).map((n) => n / 1e5),
  })
  fc.assert(
    fc.property(fc.array(position), (points) => {
      expect(decodePolyline(encodePolyline(points))).toEqual(points)
    }),
  )
})

test('decoding refuses broken texts, foreign characters, overlong numbers and places off the Earth', () => {
  const offEarth = encodePolyline([{ lat: 91, lng: 0 }])
  for (const bad of ['_p~iF', '_p~iF~ps|', ' ?', 'é??', `${'_'.repeat(9)}??`, offEarth]) {
    expect(() => decodePolyline(bad)).toThrow(RangeError)
  }
})

test('any text either decodes to positions or is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(decodePolyline(text).every(({ lat, lng }) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180)).toBe(
          true,
        )
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { centreOf, tripCell } from './trip-cell.ts'

test('a cell is the tenth of a degree around its middle', () => {
  expect(tripCell({ lat: 12.9716, lng: 77.5946 })).toBe('130,776')
  expect(centreOf('130,776')).toEqual({ lat: 13, lng: 77.6 })
  expect(tripCell({ lat: -0.04, lng: 0.04 })).toBe('0,0')
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, lng) => {
        const centre = centreOf(tripCell({ lat, lng }))
        expect(Math.abs(centre.lat - lat)).toBeLessThanOrEqual(0.0500001)
        expect(Math.abs(centre.lng - lng)).toBeLessThanOrEqual(0.0500001)
        expect(tripCell(centre)).toBe(tripCell({ lat, lng }))
      },
    ),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { drivenPart } from './driven-part.ts'
import { frameAround, place, SIDE } from './frame.ts'

const position = fc.record({
  lat: fc.double({ min: 7, max: 35, noNaN: true }),
  lng: fc.double({ min: 68, max: 97, noNaN: true }),
})

test('whatever is to be seen is on the map, with room around it', () => {
  fc.assert(
    fc.property(fc.array(position, { minLength: 1, maxLength: 20 }), (positions) => {
      const frame = frameAround(positions)
      for (const each of positions) {
        const { x, y } = place(frame, each)
        for (const value of [x, y]) {
          expect(value).toBeGreaterThanOrEqual(SIDE * 0.12)
          expect(value).toBeLessThanOrEqual(SIDE * 0.88)
        }
      }
    }),
  )
})

test('north is up, east is right, and a kilometre is as long one way as the other', () => {
  const centre = { lat: 12.97, lng: 77.59 }
  const frame = frameAround([centre, { lat: 13.07, lng: 77.69 }])
  const [here, north, east] = [
    centre,
    { ...centre, lat: 13.06 },
    { ...centre, lng: 77.59 + 0.09 / Math.cos(0.2272) },
  ].map((each) => place(frame, each))
  expect(north?.y).toBeLessThan(here?.y ?? 0)
  expect(east?.x).toBeGreaterThan(here?.x ?? 0)
  expect(Math.abs((here?.y ?? 0) - (north?.y ?? 0) - ((east?.x ?? 0) - (here?.x ?? 0)))).toBeLessThan(2)
})

test('what is drawn as driven ends at the car', () => {
  const points = [
    { lat: 12, lng: 77 },
    { lat: 12, lng: 78 },
    { lat: 13, lng: 78 },
  ]
  const frame = frameAround(points)
  const spots = points.map((point) => place(frame, point))
  expect(drivenPart(points, spots, { lat: 12, lng: 77 })).toBe(0)
  expect(drivenPart(points, spots, { lat: 13, lng: 78 })).toBe(1)
  const half = drivenPart(points, spots, { lat: 12, lng: 78 })
  expect(half).toBeGreaterThan(0.48)
  expect(half).toBeLessThan(0.5)
  expect(drivenPart([], [], { lat: 13, lng: 78 })).toBe(0)
})

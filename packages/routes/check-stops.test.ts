import { expect, test } from 'vitest'
import { checkStops } from './check-stops.ts'

const at = (lat: number) => ({ position: { lat, lng: 77 } })
const message = (part: string) =>
  expect.objectContaining({
    errors: [{ path: 'stops.2.position', message: expect.stringContaining(part) }],
  })

test.each([
  ['Too near', [8, 9, 9.001]],
  ['Too far', [8, 9, 19]],
])('%s is said of the stop', (part, latitudes) => {
  expect(() => checkStops(latitudes.map(at))).toThrow(message(part))
})

test('a route from end to end of India is possible, and hardly more', () => {
  expect(() => checkStops([8, 16, 24, 32, 37].map(at))).not.toThrow()
  expect(() => checkStops([8, 16, 24, 32, 37, 29].map(at), 'return.stops')).toThrow(
    expect.objectContaining({
      errors: [{ path: 'return.stops.5.position', message: 'The route is too long' }],
    }),
  )
})

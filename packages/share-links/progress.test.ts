import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointAt } from '#packages/geo/locate.ts'
import { greatCirclePath } from '#packages/geo/path.ts'
import { progressOf } from './progress.ts'

const stops = [
  { lat: 12.97, lng: 77.59 },
  { lat: 12.52, lng: 76.9 },
  { lat: 12.3, lng: 76.64 },
]
const { path } = greatCirclePath(stops, { speedMetresPerSecond: 10, maxSegmentMetres: 5_000 })
const total = path.metres.at(-1) ?? 0
const end = { lat: 12.3, lng: 76.64 }

test('what is left and when it arrives follow from where the car is', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (fraction) => {
      const car = { ...pointAt(path, fraction * total), at: 1_000_000 }
      const progress = progressOf(path, end, car, null)
      expect(progress.fraction).toBeCloseTo(fraction, 3)
      expect(Math.abs(progress.metres - (1 - fraction) * total)).toBeLessThan(50)
      expect(Math.abs(progress.arrivesAt - 1_000_000 - progress.metres * 100)).toBeLessThan(1_000)
    }),
  )
})

test('a car past the drop-off has arrived, and one that stands at a start that is the end too', () => {
  const [, middle] = stops
  if (!middle) throw new Error('no stop')
  expect(progressOf(path, middle, { ...end, at: 5 }, null)).toEqual({ metres: 0, fraction: 1, arrivesAt: 5 })
  const [start] = stops
  if (!start) throw new Error('no stop')
  expect(progressOf(path, start, { ...start, at: 5 }, null)).toEqual({ metres: 0, fraction: 1, arrivesAt: 5 })
})

test('what is expected at the end holds for a place before it, by so much earlier, and never before now', () => {
  const [, middle] = stops
  const [start] = stops
  if (!middle || !start) throw new Error('no stop')
  const seconds = (path.seconds.at(-1) ?? 0) * 1000
  const inMiddle = progressOf(path, middle, { ...start, at: 0 }, null).arrivesAt
  expect(progressOf(path, end, { ...start, at: 0 }, 9_000_000).arrivesAt).toBe(9_000_000)
  const late = progressOf(path, middle, { ...start, at: 0 }, seconds + 600_000).arrivesAt
  expect(Math.abs(late - inMiddle - 600_000)).toBeLessThan(2)
  expect(progressOf(path, middle, { ...start, at: 500 }, 400).arrivesAt).toBe(500)
})

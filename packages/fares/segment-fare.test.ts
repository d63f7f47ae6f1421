import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MIN_FARE, segmentFare } from './segment-fare.ts'

const price = fc.integer({ min: 0, max: 10_000_000 })
const lengths = fc.array(fc.double({ min: 0.1, max: 500_000, noNaN: true }), { minLength: 1, maxLength: 20 })
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

test('examples: a share by distance, per seat and rounded, with a floor and a ceiling', () => {
  expect(segmentFare(40_000, 50_000, 150_000, 1)).toBe(13_333)
  expect(segmentFare(40_000, 50_000, 150_000, 3)).toBe(39_999)
  expect(segmentFare(40_000, 150_000, 150_000, 2)).toBe(80_000)
  expect(segmentFare(40_000, 1_000, 150_000, 1)).toBe(MIN_FARE)
  expect(segmentFare(600, 1_000, 150_000, 2)).toBe(1_200)
  expect(segmentFare(0, 1_000, 150_000, 1)).toBe(0)
})

test('farther is never cheaper, and no part costs more than the whole', () => {
  fc.assert(
    fc.property(price, lengths, fc.integer({ min: 1, max: 8 }), (perSeat, legs, seats) => {
      const total = sum(legs)
      let last = 0
      let metres = 0
      for (const leg of legs) {
        metres = Math.min(total, metres + leg)
        const fare = segmentFare(perSeat, metres, total, seats)
        expect(fare).toBeGreaterThanOrEqual(last)
        expect(Number.isSafeInteger(fare)).toBe(true)
        last = fare
      }
      expect(last).toBe(perSeat * seats)
    }),
  )
})

test('the parts never cost more than the whole plus rounding and the floors', () => {
  fc.assert(
    fc.property(price, lengths, (perSeat, legs) => {
      const fares = legs.map((leg) => segmentFare(perSeat, leg, sum(legs), 1))
      const floored = fares.filter((fare) => fare <= MIN_FARE).length
      expect(sum(fares)).toBeLessThanOrEqual(perSeat + legs.length / 2 + floored * MIN_FARE)
    }),
  )
})

test('it refuses what is not a price, a length or a number of seats', () => {
  const bad: [number, number, number, number][] = [
    [Number.NaN, 1, 2, 1],
    [-1, 1, 2, 1],
    [0.5, 1, 2, 1],
    [100, Number.NaN, 2, 1],
    [100, -1, 2, 1],
    [100, 4, 2, 1],
    [100, 0, 0, 1],
    [100, 1, Number.POSITIVE_INFINITY, 1],
    [100, 1, 2, 0],
    [100, 1, 2, 1.5],
  ]
  for (const input of bad) expect(() => segmentFare(...input), String(input)).toThrow(RangeError)
})

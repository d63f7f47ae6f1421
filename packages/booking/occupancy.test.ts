import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seatsLeft } from './occupancy.ts'

test('a seat is free again after its passenger leaves', () => {
  const legs = [2, 3, 0].map((taken) => ({ capacity: 3, taken }))
  expect(seatsLeft(legs, 0, 1)).toBe(1)
  expect(seatsLeft(legs, 0, 3)).toBe(0)
  expect(seatsLeft(legs, 2, 3)).toBe(3)
})

test('booking what is left never oversells a leg, and one more would', () => {
  const leg = fc
    .record({ capacity: fc.nat(6), taken: fc.nat(6) })
    .filter(({ capacity, taken }) => taken <= capacity)
  fc.assert(
    fc.property(fc.array(leg, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (legs, a, b) => {
      const from = a % legs.length
      const to = from + 1 + (b % (legs.length - from))
      const left = seatsLeft(legs, from, to)
      const part = legs.slice(from, to)
      expect(part.every(({ capacity, taken }) => taken + left <= capacity)).toBe(true)
      expect(part.some(({ capacity, taken }) => taken + left + 1 > capacity)).toBe(true)
    }),
  )
})

test('an empty range, or one outside the ride, is refused', () => {
  const legs = [{ capacity: 3, taken: 0 }]
  for (const [from, to] of [
    [0, 0],
    [1, 0],
    [-1, 1],
    [0, 2],
    [0, 0.5],
    [Number.NaN, 1],
  ] as const) {
    expect(() => seatsLeft(legs, from, to)).toThrow(RangeError)
  }
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { COST_MARGIN, priceCap } from './price-cap.ts'

const car = { fuelPricePerLitre: 10_500, kmPerLitre: 15, tolls: 32_000, seats: 3 }

test('Bengaluru to Mysuru: 145 km at ₹105 a litre, 15 km a litre, ₹320 of tolls, three seats', () => {
  expect(priceCap(145_000, car)).toBe(38_381)
})

test('a full car never pays the driver more than the cost with its margin, less the driver’s share', () => {
  const costs = fc.record({
    fuelPricePerLitre: fc.nat(30_000),
    kmPerLitre: fc.integer({ min: 1, max: 40 }),
    tolls: fc.nat(500_000),
    seats: fc.integer({ min: 1, max: 7 }),
  })
  fc.assert(
    fc.property(fc.nat(3_000_000), costs, (metres, model) => {
      const cap = priceCap(metres, model)
      const cost = (metres / 1000 / model.kmPerLitre) * model.fuelPricePerLitre + model.tolls
      expect(Number.isSafeInteger(cap)).toBe(true)
      expect(cap * (model.seats + 1)).toBeLessThanOrEqual(cost * COST_MARGIN + 1e-6)
      expect(priceCap(metres + 1_000, model)).toBeGreaterThanOrEqual(cap)
    }),
  )
})

test('it refuses NaN, negative and endless input, no mileage and no seats', () => {
  for (const metres of [Number.NaN, -1, Number.POSITIVE_INFINITY])
    expect(() => priceCap(metres, car)).toThrow(RangeError)
  for (const bad of [
    { tolls: -1 },
    { fuelPricePerLitre: Number.NaN },
    { kmPerLitre: 0 },
    { seats: 0 },
    { seats: 1.5 },
  ]) {
    expect(() => priceCap(1_000, { ...car, ...bad })).toThrow(RangeError)
  }
})

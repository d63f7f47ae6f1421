import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookingFee, MAX_FEE, MIN_FEE, taxWithin } from './booking-fee.ts'

const fares = fc.integer({ min: 1, max: 10_000_000 })

test.each([
  ['a free ride costs nothing', 0, { total: 0, tax: 0 }],
  ['at least ₹5, and GST', 1, { total: 590, tax: 90 }],
  ['₹100: still the least', 10_000, { total: 590, tax: 90 }],
  ['₹300: a twentieth, and GST', 30_000, { total: 1_770, tax: 270 }],
  ['halves are rounded up', 30_010, { total: 1_771, tax: 270 }],
  ['at most ₹100, and GST', 1_000_000, { total: 11_800, tax: 1_800 }],
] as const)('%s', (_, fare, fee) => {
  expect(bookingFee(fare)).toEqual(fee)
})

test('whole paise within their limits, never less for more, and the tax is the tax within', () => {
  fc.assert(
    fc.property(fares, fc.nat(100_000), (fare, more) => {
      const { total, tax } = bookingFee(fare)
      expect(Number.isSafeInteger(total) && Number.isSafeInteger(tax)).toBe(true)
      expect(total - tax).toBeGreaterThanOrEqual(MIN_FEE)
      expect(total - tax).toBeLessThanOrEqual(MAX_FEE)
      expect(bookingFee(fare + more).total).toBeGreaterThanOrEqual(total)
      expect(taxWithin(total)).toBe(tax)
    }),
  )
})

test('the tax of a part is never more than that of the whole, and none of nothing', () => {
  expect(taxWithin(0)).toBe(0)
  fc.assert(
    fc.property(fares, fc.double({ min: 0, max: 1, noNaN: true }), (fare, share) => {
      const { total, tax } = bookingFee(fare)
      const part = Math.round(total * share)
      expect(taxWithin(part)).toBeLessThanOrEqual(tax)
      expect(taxWithin(part)).toBeLessThanOrEqual(part)
    }),
  )
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%s is no amount', (wrong) => {
  expect(() => bookingFee(wrong)).toThrow(RangeError)
})

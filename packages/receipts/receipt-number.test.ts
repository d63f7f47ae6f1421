import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiptNumber } from './receipt-number.ts'
import { receiptSeries } from './series.ts'

test('a number names its series and its year', () => {
  expect(receiptNumber({ series: 'receipt', financialYear: 2026, number: 123 })).toBe('MRG/2627/0000123')
  expect(receiptNumber({ series: 'credit_note', financialYear: 2099, number: 1 })).toBe('MRC/9900/0000001')
  expect(receiptNumber({ series: 'receipt', financialYear: 2008, number: 7 })).toBe('MRG/0809/0000007')
})

const key = fc.record({
  series: fc.constantFrom(...receiptSeries),
  financialYear: fc.integer({ min: 2020, max: 2098 }),
  number: fc.integer({ min: 1, max: 9_999_999 }),
})

test('different receipts have different numbers, of at most sixteen characters of those that the law allows', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other)
      expect(receiptNumber(one) === receiptNumber(other)).toBe(same)
      expect(receiptNumber(one)).toMatch(/^[A-Z0-9/-]{1,16}$/)
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rupees, rupeesExactly } from './rupees.ts'

test.each([
  [0, '₹0', '₹0.00'],
  [5, '₹0.05', '₹0.05'],
  [25_000, '₹250', '₹250.00'],
  [26_295, '₹262.95', '₹262.95'],
  [26_250, '₹262.50', '₹262.50'],
  [123_456_750, '₹12,34,567.50', '₹12,34,567.50'],
  [-70_000, '-₹700', '-₹700.00'],
])('%i paise are %s', (paise, said, exactly) => {
  expect([rupees(paise), rupeesExactly(paise)]).toEqual([said, exactly])
})

test('no paisa is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (paise) => {
      for (const text of [rupees(paise), rupeesExactly(paise)])
        expect(Math.round(Number(text.replaceAll(/[₹,]/g, '')) * 100)).toBe(paise)
    }),
  )
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { financialYearOf } from './financial-year.ts'

test.each([
  ['2026-03-31T23:59:59.999+05:30', 2025],
  ['2026-04-01T00:00:00.000+05:30', 2026],
  ['2026-03-31T18:29:59.999Z', 2025],
  ['2026-03-31T18:30:00.000Z', 2026],
  ['2026-12-31T18:30:00.000Z', 2026],
  ['2027-03-31T18:29:59.999Z', 2026],
  ['2028-02-29T12:00:00.000Z', 2027],
])('%s is in the year that begins in %i', (instant, year) => {
  expect(financialYearOf(Date.parse(instant))).toBe(year)
})

test('an instant is within its year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.parse('2099-12-31') }), (at) => {
      const year = financialYearOf(at)
      expect(at).toBeGreaterThanOrEqual(Date.parse(`${year}-04-01T00:00+05:30`))
      expect(at).toBeLessThan(Date.parse(`${year + 1}-04-01T00:00+05:30`))
    }),
  )
})

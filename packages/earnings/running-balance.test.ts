import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runningBalance } from './running-balance.ts'

test('each line says what is there after it', () => {
  expect(runningBalance(100, [{ amount: 50 }, { amount: -120 }])).toEqual({
    lines: [
      { amount: 50, balance: 150 },
      { amount: -120, balance: 30 },
    ],
    closing: 30,
  })
  expect(runningBalance(7, [])).toEqual({ lines: [], closing: 7 })
})

test('a statement ends as the next one begins', () => {
  const amounts = fc.array(fc.record({ amount: fc.integer({ min: -1000, max: 1000 }) }))
  fc.assert(
    fc.property(fc.nat(1000), amounts, amounts, (opening, first, second) => {
      const { closing } = runningBalance(opening, first)
      expect(runningBalance(closing, second)).toMatchObject({
        closing: runningBalance(opening, [...first, ...second]).closing,
      })
    }),
  )
})

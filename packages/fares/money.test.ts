import { expect, test } from 'vitest'
import { paise } from './money.ts'

test('money is whole paise', () => {
  expect(paise(25_000)).toEqual({ amount: 25_000, currency: 'INR' })
  for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    expect(() => paise(bad)).toThrow(RangeError)
})

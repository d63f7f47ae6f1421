import { expect, test } from 'vitest'
import { choosePaying, refusalOfPaying } from './paying.ts'

const departsAt = 1_800_000_000_000
const now = departsAt - 3_600_000
const paying = (wanted: 'cash' | 'online' | null, takesPayments: boolean, fareAmount = 30_000) =>
  choosePaying({ fareAmount, departsAt }, wanted, takesPayments, now)

test('who pays online pays a fee, within a quarter of an hour', () => {
  expect(paying('online', true)).toEqual({
    ...{ fareAmount: 30_000, wanted: 'online', onlineFee: 1_770, payBy: new Date(now + 900_000) },
  })
  expect(paying('online', false)).toMatchObject({ onlineFee: null })
})

test.each([
  ['cash', true, true, undefined],
  ['cash', false, true, 'cash_not_accepted'],
  ['cash', false, false, 'cash_not_accepted'],
  ['online', true, true, undefined],
  ['online', false, true, undefined],
  ['online', true, false, 'online_payment_unavailable'],
  [null, true, false, undefined],
  [null, false, true, undefined],
  [null, false, false, 'online_payment_unavailable'],
] as const)(
  '%s where the route takes cash: %s, and the platform payments: %s',
  (wanted, cash, online, code) => {
    expect(refusalOfPaying(paying(wanted, online), cash)).toBe(code)
    expect(refusalOfPaying(paying(wanted, online, 0), cash)).toBeUndefined()
  },
)

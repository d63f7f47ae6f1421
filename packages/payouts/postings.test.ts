import { expect, test } from 'vitest'
import { postingsOf } from './postings.ts'
import { type PayoutState, payoutStates } from './states.ts'

const money = { driverId: 'd', amount: 500_00, rail: 'gateway', fee: 236 } as const
const kinds = (from: PayoutState, to: PayoutState) => postingsOf({ ...money, from, to }).map(({ kind }) => kind)

test('what moves without money posts nothing', () => {
  for (const to of ['waiting', 'approved', 'sent'] as const) expect(kinds('approved', to)).toEqual([])
})

test('a payout that came back before it was told to be paid was paid and came back', () => {
  expect(kinds('paid', 'reversed')).toEqual(['payout_reversed'])
  for (const from of ['approved', 'sent'] as const)
    expect(kinds(from, 'reversed')).toEqual(['payout_paid', 'payout_reversed'])
})

test('whatever happens, the driver gets the amount back where the payout did not arrive, and the fee with it', () => {
  for (const rail of ['gateway', 'manual'] as const)
    for (const to of payoutStates) {
      const lines = postingsOf({ ...money, rail, from: 'sent', to }).flatMap((posting) => posting.lines)
      const sum = (account: string) =>
        lines.reduce((total, line) => total + (line.account === account ? line.amount : 0), 0)
      const isBack = ['failed', 'rejected', 'cancelled', 'reversed'].includes(to)
      expect(sum('driver')).toBe(isBack ? money.amount : 0)
      expect(sum('costs')).toBe(to === 'paid' ? -money.fee : 0)
      expect(sum(rail === 'gateway' ? 'gateway' : 'bank')).toBe(to === 'paid' ? money.amount + money.fee : 0)
      expect(sum(rail === 'gateway' ? 'bank' : 'gateway')).toBe(0)
    }
})

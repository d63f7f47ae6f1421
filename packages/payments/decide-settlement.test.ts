import { expect, test } from 'vitest'
import { HOLD_MS } from '#packages/ledger/postings.ts'
import { decideSettlement, type UnsettledPayment } from './decide-settlement.ts'

const pickupAt = new Date('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(pickupAt.getTime() + ms)
const HOUR = 3600_000

const ended = (state: UnsettledPayment['state'], before: UnsettledPayment['state'], when: Date) => ({
  ...{
    state,
    updatedAt: when,
    history: [
      { state: before, at: at(-48 * HOUR) },
      { state, at: when },
    ],
  },
})
const usual: UnsettledPayment = {
  ...{ passengerId: 'p', driverId: 'd', captured: 26_475, refunded: 0, feeAmount: 1_475, surplus: false },
  ...{ rule: { freeSecondsBefore: 86_400, lateShare: 0.5 }, rideChanged: false, cancelledBy: null, pickupAt },
  ...{ goodwill: { driver: 0, platform: 0 }, ...ended('completed', 'boarded', at(HOUR)) },
}
const refundOf = (more: Partial<UnsettledPayment>) => decideSettlement({ ...usual, ...more }).refund

test('a ride that was driven is earned, and held for a day after it', () => {
  const { refund, posting } = decideSettlement(usual)
  expect(refund).toBe(0)
  const earned = posting?.lines.find(({ account }) => account === 'driver')
  expect(earned).toMatchObject({ amount: 25_000, availableAt: at(HOUR).getTime() + HOLD_MS })
})

test('what is kept of a late cancellation is held until a day after the pickup', () => {
  const late = { ...ended('cancelled', 'confirmed', at(-HOUR)), cancelledBy: 'passenger' } as const
  const { refund, posting } = decideSettlement({ ...usual, ...late })
  expect(refund).toBe(12_500)
  const earned = posting?.lines.find(({ account }) => account === 'driver')
  expect(earned).toMatchObject({ amount: 12_500, availableAt: pickupAt.getTime() + HOLD_MS })
})

test.each([
  ['never paid in time', ended('expired', 'unpaid', at(-HOUR)), null, 26_475],
  ['cancelled while paying', ended('cancelled', 'unpaid', at(-HOUR)), 'passenger', 26_475],
  ['not answered', ended('expired', 'pending', at(-HOUR)), null, 26_475],
  ['rejected', ended('rejected', 'pending', at(-HOUR)), null, 26_475],
  ['cancelled by the driver', ended('cancelled', 'confirmed', at(-HOUR)), 'driver', 26_475],
  ['cancelled early', ended('cancelled', 'confirmed', at(-25 * HOUR)), 'passenger', 25_000],
  ['not there', ended('no_show', 'confirmed', at(0)), null, 0],
] as const)('%s', (_, end, cancelledBy, refund) => {
  expect(refundOf({ ...end, cancelledBy })).toBe(refund)
})

test('of what was paid twice everything goes back, whatever became of the booking', () => {
  expect(decideSettlement({ ...usual, surplus: true })).toEqual({ posting: null, refund: 26_475 })
})

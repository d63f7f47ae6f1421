import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookingFee, taxWithin } from '#packages/fares/booking-fee.ts'
import { ownedAccounts } from './kinds.ts'
import {
  HOLD_MS,
  type Posting,
  postCapture,
  postPayout,
  postPayoutPaid,
  postPayoutReturned,
  postPayoutReversed,
  postRefund,
  postRefundFailed,
  postRefundPaid,
  postSettlement,
} from './postings.ts'

const [passengerId, driverId] = ['p', 'd']
const sources = [
  { account: 'passenger', ownerId: passengerId },
  { account: 'driver', ownerId: driverId },
  { account: 'costs' },
] as const
const amount = fc.integer({ min: 1, max: 100_000_000 })
const source = fc.constantFrom(...sources)
const bank = fc.constantFrom('gateway' as const, 'bank' as const)

/** A part of an amount, chosen by a share. */
const part = (whole: number, share: number) => Math.floor(whole * share)
const share = fc.double({ min: 0, max: 1, noNaN: true })

const posting: fc.Arbitrary<Posting> = fc.oneof(
  fc
    .record({ amount, share })
    .map((one) => postCapture({ passengerId, amount: one.amount, gatewayFee: part(one.amount, one.share) })),
  fc
    .record({ fareKept: fc.nat(10_000_000), feeKept: fc.nat(100_000), at: fc.nat() })
    .map((end) => postSettlement({ ...end, passengerId, driverId, tax: taxWithin(end.feeKept) })),
  fc.tuple(source, amount).map(([from, money]) => postRefund(from, money)),
  amount.map(postRefundPaid),
  fc.tuple(source, amount).map(([from, money]) => postRefundFailed(from, money)),
  amount.map((money) => postPayout({ driverId, amount: money })),
  fc.tuple(amount, bank, fc.nat(10_000)).map(([money, from, fee]) => postPayoutPaid(money, from, fee)),
  amount.map((money) => postPayoutReturned({ driverId, amount: money })),
  fc.tuple(amount, bank).map(([money, to]) => postPayoutReversed({ driverId, amount: money }, to)),
)

/** What all accounts have after these, without those that have nothing. */
function balances(postings: readonly Posting[]): Record<string, number> {
  const sums = new Map<string, number>()
  for (const { account, amount: money } of postings.flatMap(({ lines }) => lines))
    sums.set(account, (sums.get(account) ?? 0) + money)
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0))
}

test('every posting adds up to nothing, in lines that move something, and somebody owns what can be owned', () => {
  fc.assert(
    fc.property(posting, ({ lines }) => {
      expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(0)
      for (const line of lines) {
        expect(Number.isSafeInteger(line.amount) && line.amount !== 0).toBe(true)
        expect(ownedAccounts.some((owned) => owned === line.account)).toBe(line.ownerId !== undefined)
        // What is taken cannot be held.
        if (line.availableAt !== undefined) expect(line.amount).toBeGreaterThan(0)
      }
      // Who locks two balances takes the passenger's first.
      const owned = lines.filter(({ ownerId }) => ownerId !== undefined).map(({ account }) => account)
      expect(owned).toEqual(owned.toSorted((a, b) => (a > b ? -1 : 1)))
    }),
  )
})

test('what is paid is in the end the driver’s, the platform’s, the state’s and the passenger’s again', () => {
  fc.assert(
    fc.property(amount, share, share, (fare, fareShare, feeShare) => {
      const fee = bookingFee(fare).total
      const [fareKept, feeKept] = [part(fare, fareShare), part(fee, feeShare)]
      const back = fare + fee - fareKept - feeKept
      const tax = taxWithin(feeKept)
      const all = [
        postCapture({ passengerId, amount: fare + fee, gatewayFee: 0 }),
        postSettlement({ passengerId, driverId, fareKept, feeKept, tax, at: 0 }),
        postRefund(sources[0], back),
        postRefundPaid(back),
      ]
      const kept = { driver: fareKept, fee: feeKept - tax, tax, gateway: -fareKept - feeKept }
      expect(balances(all)).toEqual(Object.fromEntries(Object.entries(kept).filter(([, sum]) => sum !== 0)))
    }),
  )
})

test('what does not go through leaves nothing behind', () => {
  fc.assert(
    fc.property(source, amount, bank, (from, money, rail) => {
      expect(balances([postRefund(from, money), postRefundFailed(from, money)])).toEqual({})
      const payout = { driverId, amount: money }
      expect(balances([postPayout(payout), postPayoutReturned(payout)])).toEqual({})
      const [paid, reversed] = [postPayoutPaid(money, rail), postPayoutReversed(payout, rail)]
      expect(balances([postPayout(payout), paid, reversed])).toEqual({})
    }),
  )
})

test('what the gateway takes is the platform’s cost, never the passenger’s or the driver’s', () => {
  expect(balances([postCapture({ passengerId, amount: 25_000, gatewayFee: 590 })])).toEqual({
    ...{ passenger: 25_000, gateway: -24_410, costs: -590 },
  })
  const payout = { driverId, amount: 10_000 }
  expect(balances([postPayout(payout), postPayoutPaid(10_000, 'gateway', 354)])).toEqual({
    ...{ driver: -10_000, gateway: 10_354, costs: -354 },
  })
})

test('only what a ride paid is held, for a day', () => {
  const end = { passengerId, driverId, fareKept: 300, feeKept: 59, tax: 9, at: 1_800_000_000_000 }
  const { lines } = postSettlement(end)
  expect(lines.filter((line) => line.availableAt !== undefined)).toEqual([
    { account: 'driver', ownerId: driverId, amount: 300, availableAt: 1_800_000_000_000 + HOLD_MS },
  ])
  expect(HOLD_MS).toBe(86_400_000)
})

test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('%s is no amount', (wrong) => {
  expect(() => postRefundPaid(wrong)).toThrow(RangeError)
  expect(() => postCapture({ passengerId, amount: 100, gatewayFee: wrong })).toThrow(RangeError)
})

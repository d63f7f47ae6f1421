import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CancellationRule } from './cancellation-rule.ts'
import { type Ending, settleEnding } from './settle-ending.ts'

const DAY_SECONDS = 86_400
const pickupAt = 1_800_000_000_000
const usual: Ending = {
  ...{ rule: { freeSecondsBefore: DAY_SECONDS, lateShare: 0.5 }, fareAmount: 25_001, feeAmount: 900 },
  ...{ accepted: true, cause: 'passenger', rideChanged: false, at: pickupAt - 1000, pickupAt },
}

test('before the driver has accepted everything comes back, whoever ends it', () => {
  for (const cause of ['passenger', 'driver', 'absence'] as const)
    expect(settleEnding({ ...usual, cause, accepted: false })).toMatchObject({
      ...{ reason: 'not_accepted', refund: 25_901, kept: 0 },
    })
})

test('when the driver cancels everything comes back: the fare from the driver, the fee from the platform', () => {
  expect(settleEnding({ ...usual, cause: 'driver' })).toEqual({
    ...{ reason: 'driver_cancelled', refund: 25_901, kept: 0 },
    lines: [
      { item: 'fare', outcome: 'refunded', amount: 25_001, bearer: 'driver' },
      { item: 'fee', outcome: 'refunded', amount: 900, bearer: 'platform' },
    ],
  })
})

test('after a material change everything comes back, but only to who says so', () => {
  expect(settleEnding({ ...usual, rideChanged: true })).toMatchObject({ reason: 'ride_changed', kept: 0 })
  expect(settleEnding({ ...usual, rideChanged: true, cause: 'absence' })).toMatchObject({ refund: 0 })
})

test('more than a day before the own pickup the fare comes back, and from then on half of it', () => {
  const dayBefore = pickupAt - DAY_SECONDS * 1000
  expect(settleEnding({ ...usual, at: dayBefore - 1 })).toEqual({
    ...{ reason: 'early', refund: 25_001, kept: 900 },
    lines: [
      { item: 'fare', outcome: 'refunded', amount: 25_001, bearer: 'driver' },
      { item: 'fee', outcome: 'kept', amount: 900, bearer: 'passenger' },
    ],
  })
  expect(settleEnding({ ...usual, at: dayBefore })).toEqual({
    ...{ reason: 'late', refund: 12_501, kept: 13_400 },
    lines: [
      { item: 'fare', outcome: 'refunded', amount: 12_501, bearer: 'driver' },
      { item: 'fare', outcome: 'kept', amount: 12_500, bearer: 'passenger' },
      { item: 'fee', outcome: 'kept', amount: 900, bearer: 'passenger' },
    ],
  })
})

test('who did not come gets nothing back', () => {
  expect(settleEnding({ ...usual, cause: 'absence' })).toMatchObject({
    reason: 'no_show',
    refund: 0,
    kept: 25_901,
  })
})

test('a rule can limit what is kept', () => {
  const rule = { freeSecondsBefore: DAY_SECONDS, lateShare: 0.9, lateKeptAtMost: 10_000 }
  expect(settleEnding({ ...usual, rule, feeAmount: 0, fareAmount: 50_000 })).toMatchObject({ kept: 5_000 })
  expect(settleEnding({ ...usual, rule, feeAmount: 0, fareAmount: 500_000 })).toMatchObject({ kept: 10_000 })
})

const amount = fc.integer({ min: 0, max: 5_000_000 })
const anyRule = fc
  .record(
    {
      freeSecondsBefore: fc.integer({ min: 0, max: 10 * DAY_SECONDS }),
      lateShare: fc.double({ min: 0, max: 1, noNaN: true }),
      lateKeptAtMost: amount,
    },
    { requiredKeys: ['freeSecondsBefore', 'lateShare'] },
  )
  .map((rule) => CancellationRule.parse(rule))
const anyEnding: fc.Arbitrary<Ending> = fc.record({
  ...{ rule: anyRule, fareAmount: amount, feeAmount: amount },
  ...{ accepted: fc.boolean(), rideChanged: fc.boolean(), pickupAt: fc.constant(pickupAt) },
  cause: fc.constantFrom('passenger' as const, 'driver' as const, 'absence' as const),
  at: fc.integer({ min: pickupAt - 20 * DAY_SECONDS * 1000, max: pickupAt + DAY_SECONDS * 1000 }),
})
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

test('the lines add up to exactly what was paid, each whole and of one side', () => {
  fc.assert(
    fc.property(anyEnding, (ending) => {
      const { lines, refund, kept } = settleEnding(ending)
      const of = (outcome: string) =>
        sum(lines.filter((line) => line.outcome === outcome).map((line) => line.amount))
      expect(of('refunded')).toBe(refund)
      expect(of('kept')).toBe(kept)
      expect(refund + kept).toBe(ending.fareAmount + ending.feeAmount)
      for (const item of ['fare', 'fee'] as const)
        expect(sum(lines.filter((line) => line.item === item).map((line) => line.amount))).toBe(
          item === 'fare' ? ending.fareAmount : ending.feeAmount,
        )
      for (const line of lines) {
        expect(Number.isSafeInteger(line.amount) && line.amount > 0).toBe(true)
        expect(line.bearer === 'passenger').toBe(line.outcome === 'kept')
      }
    }),
  )
})

test('waiting longer never brings more back', () => {
  fc.assert(
    fc.property(anyEnding, fc.nat(30 * DAY_SECONDS * 1000), (ending, longer) => {
      const later = settleEnding({ ...ending, at: ending.at + longer })
      expect(later.refund).toBeLessThanOrEqual(settleEnding(ending).refund)
    }),
  )
})

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('%s is no amount', (wrong) => {
  expect(() => settleEnding({ ...usual, fareAmount: wrong })).toThrow(RangeError)
  expect(() => settleEnding({ ...usual, feeAmount: wrong })).toThrow(RangeError)
})

test.each([
  {},
  { freeSecondsBefore: -1, lateShare: 0.5 },
  { freeSecondsBefore: 1, lateShare: 1.1 },
  { freeSecondsBefore: 1, lateShare: 0.5, lateFee: 3 },
])('%j is no rule', (rule) => {
  expect(CancellationRule.safeParse(rule).success).toBe(false)
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EndedPayment, settlePayment } from './settle-payment.ts'

const usual: EndedPayment = {
  ...{ passengerId: 'p', driverId: 'd', captured: 26_475, feeAmount: 1_475, fareBack: 0, feeBack: 0 },
  ...{ goodwill: { driver: 0, platform: 0 }, at: 1_800_000_000_000 },
}
const by = (settled: ReturnType<typeof settlePayment>, account: string) =>
  (settled.posting?.lines ?? [])
    .filter((line) => line.account === account)
    .reduce((sum, { amount }) => sum + amount, 0)

test('of a ride that was driven the fare is the driver’s, and of the fee the tax is the state’s', () => {
  const settled = settlePayment(usual)
  expect(settled).toMatchObject({ refund: 0, posting: { kind: 'settlement' } })
  expect(['passenger', 'driver', 'fee', 'tax'].map((account) => by(settled, account))).toEqual([
    -26_475, 25_000, 1_250, 225,
  ])
})

test('where all goes back nothing is posted', () => {
  expect(settlePayment({ ...usual, fareBack: 25_000, feeBack: 1_475 })).toEqual({
    ...{ posting: null, refund: 26_475 },
  })
})

test('what was given back before is not given back again: who bore it has it, the driver first', () => {
  const all = { fareBack: 25_000, feeBack: 1_475 }
  const settled = settlePayment({ ...usual, ...all, goodwill: { driver: 600, platform: 1_000 } })
  expect(settled.refund).toBe(24_875)
  expect([by(settled, 'driver'), by(settled, 'costs'), by(settled, 'passenger')]).toEqual([600, 1_000, -1_600])
  // As long as enough of it is kept, nobody is spared anything.
  expect(settlePayment({ ...usual, fareBack: 12_500, goodwill: { driver: 0, platform: 900 } }).refund).toBe(
    12_500,
  )
})

test.each([
  { fareBack: 25_001 },
  { feeBack: 1_476 },
  { goodwill: { driver: 26_476, platform: 0 } },
  { goodwill: { driver: -1, platform: 0 } },
])('%j does not go together', (wrong) => {
  expect(() => settlePayment({ ...usual, ...wrong })).toThrow(RangeError)
})

test('the passenger’s account is emptied exactly, and nobody gets back more than was paid', () => {
  const upTo = (max: number) => fc.nat(max)
  const any = fc
    .record({ fare: fc.integer({ min: 1, max: 5_000_000 }), fee: upTo(20_000) })
    .chain(({ fare, fee }) =>
      fc.record({
        ...{ captured: fc.constant(fare + fee), feeAmount: fc.constant(fee) },
        ...{ fareBack: upTo(fare), feeBack: upTo(fee), shares: fc.tuple(upTo(fare + fee), upTo(fare + fee)) },
      }),
    )
  fc.assert(
    fc.property(any, ({ shares: [a, b], ...paid }) => {
      const goodwill = { driver: Math.min(a, b), platform: Math.max(a, b) - Math.min(a, b) }
      const settled = settlePayment({ ...usual, ...paid, goodwill })
      expect(settled.refund + by(settled, 'passenger') * -1).toBe(paid.captured)
      expect(settled.refund + goodwill.driver + goodwill.platform).toBeLessThanOrEqual(paid.captured)
      const sum = (settled.posting?.lines ?? []).reduce((total, { amount }) => total + amount, 0)
      expect(sum).toBe(0)
    }),
  )
})

import { expect, test } from 'vitest'
import { refundStates } from '#packages/payments/states.ts'
import { type PayoutRail, type PayoutState, payoutStates } from '#packages/payouts/states.ts'
import { captureNews, payoutNews, refundNews } from './money-news.ts'
import type { News } from './news.ts'

const about = { userId: 'meera', at: 1_000 }
const toldTo = (news: readonly News[]) => news.map(({ kind, userId }) => `${kind} to ${userId}`)

test('a payment is told once it came in, and one too many is not', () => {
  const payment = { paymentId: 'p', bookingId: 'b', amount: 25_900, surplus: false }
  const [told] = captureNews(payment, about)
  expect(told).toEqual({
    ...{ kind: 'payment_received', userId: 'meera', lateAt: 1_000 + 24 * 3600_000 },
    data: { paymentId: 'p', bookingId: 'b', amount: 25_900, thread: 'payment:p' },
  })
  expect(captureNews({ ...payment, surplus: true }, about)).toEqual([])
})

test('of a refund only its end is told', () => {
  const told = refundStates.map((state) =>
    toldTo(refundNews({ refundId: 'r', bookingId: 'b', amount: 5, state }, about)),
  )
  expect(told).toEqual([[], [], ['refund_sent to meera'], ['refund_failed to meera']])
})

test('a payout is told to its driver when it ends, and to the staff where it waits for them', () => {
  const told = (state: PayoutState, rail: PayoutRail) =>
    toldTo(payoutNews({ payoutId: 'p', amount: 5, state, rail }, about, ['meera', 'tara', 'ravi']))
  const staff = ['payout_waiting to tara', 'payout_waiting to ravi']
  const [paid, failed] = [['payout_paid to meera'], ['payout_failed to meera']]
  expect(payoutStates.map((state) => told(state, 'gateway'))).toEqual([
    ...[staff, [], [], paid, failed, failed, [], failed],
  ])
  expect(payoutStates.map((state) => told(state, 'manual'))).toEqual([
    ...[staff, staff, [], paid, failed, failed, [], failed],
  ])
})

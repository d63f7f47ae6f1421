import { expect, test } from 'vitest'
import { captureAuthorized } from './capture-authorized.ts'
import { GatewayError, type GatewayFailure, type GatewayPayment } from './payment-port.ts'

const payment: GatewayPayment = {
  ...{ id: 'pay_1', orderId: 'order_1', amount: 25_000, currency: 'INR', state: 'authorized' },
  ...{ fee: 0, refunded: 0, method: 'upi', failure: null },
}
const wanted = { amount: 25_000, currency: 'INR' }
const capturing = {
  capture: async (id: string, amount: number) => ({ ...payment, id, amount, state: 'captured' as const }),
}
const failing = (failure: GatewayFailure) => ({
  capture: () => Promise.reject(new GatewayError(failure, 'no')),
})

test('what the bank has said yes to is captured', async () => {
  expect(await captureAuthorized(capturing, payment, wanted)).toMatchObject({
    state: 'captured',
    amount: 25_000,
  })
})

test.each([
  [payment, null],
  [payment, { amount: 24_999, currency: 'INR' }],
  [payment, { amount: 25_000, currency: 'USD' }],
  [{ ...payment, state: 'failed' as const }, wanted],
])('nothing else is', async (other, what) => {
  expect(await captureAuthorized(capturing, other, what)).toBe(other)
})

test('what can never be captured stays; what may be later is said', async () => {
  expect(await captureAuthorized(failing('refused'), payment, wanted)).toBe(payment)
  await expect(captureAuthorized(failing('unanswered'), payment, wanted)).rejects.toThrow(GatewayError)
})

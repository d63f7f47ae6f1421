import { expect, test } from 'vitest'
import { PAYMENT_HOLD_MS, paymentDeadline } from './payment-deadline.ts'

test('a quarter of an hour, never past the departure', () => {
  expect(PAYMENT_HOLD_MS).toBe(900_000)
  expect(paymentDeadline(1_000, 1_000 + 2 * PAYMENT_HOLD_MS)).toBe(1_000 + PAYMENT_HOLD_MS)
  expect(paymentDeadline(1_000, 61_000)).toBe(61_000)
})

/** The seats of who pays online are held so long for the payment. */
export const PAYMENT_HOLD_MS = 15 * 60 * 1000

/** The instant, Unix milliseconds, at which unpaid seats are given back: never past the departure. */
export function paymentDeadline(now: number, departsAt: number): number {
  return Math.min(now + PAYMENT_HOLD_MS, departsAt)
}

import { z } from 'zod'
import { refundStates } from '#packages/payments/states.ts'
import { type PayoutState, payoutRails, payoutStates } from '#packages/payouts/states.ts'
import { type News, newsOf } from './news.ts'

/** What the outbox says of a payment that came in; `surplus`: the booking was paid already. Amounts are paise. */
export const CapturedPayload = z.object({
  paymentId: z.string(),
  bookingId: z.string(),
  amount: z.number(),
  surplus: z.boolean(),
})

/** What it says of a refund. */
export const RefundPayload = z.object({
  refundId: z.string(),
  bookingId: z.string(),
  amount: z.number(),
  state: z.enum(refundStates),
})

/** What it says of a payout. */
export const PayoutPayload = z.object({
  payoutId: z.string(),
  amount: z.number(),
  state: z.enum(payoutStates),
  rail: z.enum(payoutRails),
})

interface About {
  /** Whom the event is about. */
  userId: string
  /** When it happened, Unix milliseconds. */
  at: number
}

/** Who pays twice hears of what goes back, and not of that it came. */
export function captureNews(
  { paymentId, bookingId, amount, surplus }: z.infer<typeof CapturedPayload>,
  { userId, at }: About,
): News[] {
  const data = { paymentId, bookingId, amount }
  return surplus ? [] : [newsOf('payment_received', { userId, at, about: paymentId, data })]
}

/** Only the end of a refund is news: that it begins is said where the booking ends. */
export function refundNews(
  { refundId, bookingId, amount, state }: z.infer<typeof RefundPayload>,
  { userId, at }: About,
): News[] {
  const about = { userId, at, about: refundId, data: { refundId, bookingId, amount } }
  if (state === 'processed') return [newsOf('refund_sent', about)]
  return state === 'failed' ? [newsOf('refund_failed', about)] : []
}

/** The ends after which the wallet has the money again; a driver who took it back knows that. */
const returned: ReadonlySet<PayoutState> = new Set(['failed', 'rejected', 'reversed'])

/** The driver hears of the end of a payout; the finance staff, unless the money is their own, that it waits for them. */
export function payoutNews(
  { payoutId, amount, state, rail }: z.infer<typeof PayoutPayload>,
  { userId, at }: About,
  staff: readonly string[],
): News[] {
  const about = { at, about: payoutId, data: { payoutId, amount } }
  if (state === 'paid') return [newsOf('payout_paid', { userId, ...about })]
  if (returned.has(state)) return [newsOf('payout_failed', { userId, ...about })]
  const waits = state === 'waiting' || (state === 'approved' && rail === 'manual')
  const others = waits ? staff.filter((person) => person !== userId) : []
  return others.map((person) => newsOf('payout_waiting', { userId: person, ...about }))
}

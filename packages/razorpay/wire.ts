import { z } from 'zod'
import type {
  GatewayOrder,
  GatewayPayment,
  GatewayPayout,
  GatewayRefund,
} from '#packages/payments/payment-port.ts'

/** Razorpay's entities as ours: https://razorpay.com/docs/api and /docs/api/x. Amounts are paise on both sides. */

/** Texts of the gateway that are kept, such as the reason of a failure. */
const MAX_TEXT = 300

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9]{1,40}$`))
export const OrderId = idOf('order')
export const PaymentId = idOf('pay')
export const RefundId = idOf('rfnd')
export const ContactId = idOf('cont')
export const FundAccountId = idOf('fa')
export const PayoutId = idOf('pout')

const Paise = z.int().min(0).max(Number.MAX_SAFE_INTEGER)
const Currency = z.string().regex(/^[A-Z]{3}$/)
const Reference = z.string().max(40).nullish()
const Text = z
  .string()
  // The database takes every character but this one.
  .transform((text) => text.replaceAll('\0', '').slice(0, MAX_TEXT))
  .nullish()

export const Order = z
  .object({
    id: OrderId,
    receipt: Reference,
    amount: Paise,
    currency: Currency,
    status: z.enum(['created', 'attempted', 'paid']),
  })
  .transform(
    ({ id, receipt, amount, currency, status }): GatewayOrder => ({
      id,
      receipt: receipt ?? null,
      amount,
      currency,
      isPaid: status === 'paid',
    }),
  )

export const Payment = z
  .object({
    id: PaymentId,
    order_id: OrderId.nullish(),
    amount: Paise,
    currency: Currency,
    status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
    /** With its tax. */
    fee: Paise.nullish(),
    amount_refunded: Paise.nullish(),
    method: Text,
    error_description: Text,
  })
  .transform(
    (payment): GatewayPayment => ({
      id: payment.id,
      orderId: payment.order_id ?? null,
      amount: payment.amount,
      currency: payment.currency,
      state: payment.status === 'refunded' ? 'captured' : payment.status,
      fee: payment.fee ?? 0,
      refunded: payment.amount_refunded ?? 0,
      method: payment.method ?? null,
      failure: payment.error_description ?? null,
    }),
  )

export const Refund = z
  .object({
    id: RefundId,
    payment_id: PaymentId,
    receipt: Reference,
    amount: Paise,
    currency: Currency,
    status: z.enum(['pending', 'processed', 'failed']),
  })
  .transform(
    ({ id, payment_id, receipt, amount, currency, status }): GatewayRefund => ({
      id,
      paymentId: payment_id,
      receipt: receipt ?? null,
      amount,
      currency,
      state: status,
    }),
  )

const PayoutStatus = z.enum([
  'pending',
  'queued',
  'scheduled',
  'processing',
  'processed',
  'rejected',
  'cancelled',
  'failed',
  'reversed',
])
type PayoutStatus = z.infer<typeof PayoutStatus>

/** The first four wait for a person, for money, or for the bank. */
const PAYOUT_STATES: Readonly<Record<PayoutStatus, GatewayPayout['state']>> = {
  pending: 'pending',
  queued: 'pending',
  scheduled: 'pending',
  processing: 'pending',
  processed: 'paid',
  rejected: 'failed',
  cancelled: 'failed',
  failed: 'failed',
  reversed: 'reversed',
}

export const Payout = z
  .object({
    id: PayoutId,
    reference_id: Reference,
    amount: Paise,
    currency: Currency,
    status: PayoutStatus,
    utr: Text,
    /** With their tax. */
    fees: Paise.nullish(),
    failure_reason: Text,
    status_details: z.object({ description: Text }).nullish(),
  })
  .transform(
    (payout): GatewayPayout => ({
      id: payout.id,
      reference: payout.reference_id ?? null,
      amount: payout.amount,
      currency: payout.currency,
      state: PAYOUT_STATES[payout.status],
      bankReference: payout.utr || null,
      fee: payout.fees ?? 0,
      failure: failureOf(payout),
    }),
  )

/** Razorpay describes every state, success too. */
function failureOf(payout: {
  status: PayoutStatus
  failure_reason?: string | null | undefined
  status_details?: { description?: string | null | undefined } | null | undefined
}): string | null {
  const state = PAYOUT_STATES[payout.status]
  if (state !== 'failed' && state !== 'reversed') return null
  return payout.failure_reason || payout.status_details?.description || null
}

export const Contact = z.object({ id: ContactId })
export const FundAccount = z.object({ id: FundAccountId })

export const collectionOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })

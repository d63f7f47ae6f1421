import { z } from '@hono/zod-openapi'
import {
  orderStates,
  paymentStates,
  refundBearers,
  refundCauses,
  refundStates,
} from '#packages/payments/states.ts'
import { receiptSeries } from '#packages/receipts/series.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { Id, Instant, line, Money } from '../http/shapes.ts'

/** Ids of the gateway. */
const GatewayId = z.string().regex(/^\w{1,60}$/, 'Not an id of the gateway')

export const NewPayment = z.strictObject({ bookingId: Id }).openapi('NewPayment')

export const Order = z
  .object({
    orderId: Id,
    gateway: z.literal('razorpay'),
    gatewayOrderId: z.string().openapi({ description: 'The `order_id` that the checkout is opened with' }),
    keyId: z.string().openapi({ description: 'The `key` that it is opened with; public' }),
    amount: Money.openapi({ description: 'What is to be paid: the fare and the fee' }),
    fee: Money.openapi({ description: 'What of it the platform takes for booking, its tax included' }),
    expiresAt: Instant.openapi({ description: 'Until when the seats are held for the payment' }),
  })
  .openapi('PaymentOrder')

export const Checkout = z
  .strictObject({
    orderId: Id.openapi({ description: 'As POST /payments/initiate answered it' }),
    razorpay_payment_id: GatewayId,
    razorpay_order_id: GatewayId.optional(),
    razorpay_signature: z.string().min(1).max(200),
  })
  .openapi('Checkout', { description: 'What the checkout hands over after a payment' })

export const Processing = z
  .object({ orderId: Id, state: z.literal('processing') })
  .openapi('PaymentProcessing', {
    description:
      'The gateway does not answer. Nothing is to be repeated: the hub tells `payment:captured`, and GET /payments/{bookingId} says when it is paid',
  })

export const PaymentRefund = z
  .object({
    id: Id,
    paymentId: Id,
    state: z.enum(refundStates),
    cause: z.enum(refundCauses),
    amount: Money,
    createdAt: Instant,
    updatedAt: Instant,
  })
  .openapi('PaymentRefund')

const Details = z.object({
  fare: Money,
  fee: Money,
  order: z
    .object({
      id: Id,
      state: z.enum(orderStates),
      gatewayOrderId: z.string().nullable(),
      amount: Money,
      createdAt: Instant,
    })
    .nullable()
    .openapi({ description: 'The newest' }),
  payments: z.array(
    z.object({
      id: Id,
      orderId: Id,
      state: z.enum(paymentStates),
      amount: Money,
      refunded: Money.openapi({ description: 'What of it went back, or is on its way' }),
      isSurplus: z.boolean().openapi({ description: 'The booking was paid already: all of it goes back' }),
      method: z.string().nullable(),
      failure: z.string().nullable(),
      capturedAt: Instant.nullable(),
    }),
  ),
  refunds: z.array(PaymentRefund),
  receipts: z.array(
    z.object({
      number: z.string(),
      kind: z.enum(receiptSeries),
      paymentId: Id,
      refundId: Id.nullable(),
      amount: Money,
    }),
  ),
})

export const BookingPayments = z
  .object({
    bookingId: Id,
    isPaid: z.boolean().openapi({ description: 'Online; who pays in cash pays the driver' }),
    details: Details.nullable().openapi({ description: 'To the passenger and the finance staff only' }),
  })
  .openapi('BookingPayments')

export const NewRefund = z
  .strictObject({
    paymentId: Id,
    amount: Money.refine(({ amount }) => amount > 0, 'More than nothing'),
    reason: line(MAX_REASON_LENGTH),
    bearer: z.enum(refundBearers).openapi({
      description:
        'Whose money it is: the platform’s, that of the driver’s wallet, or, where a refund has failed, what is kept for the passenger since',
    }),
  })
  .openapi('NewRefund')

import { z } from 'zod'
import type {
  GatewayOrder,
  GatewayPayment,
  GatewayPayout,
  GatewayRefund,
} from '#packages/payments/payment-port.ts'
import { Order, Payment, Payout, Refund } from './wire.ts'

/** What Razorpay told, `event` in its own word. A payout's entity says how it stands, whatever the event is called. */
export type RazorpayNotice =
  | { kind: 'payment'; event: string; payment: GatewayPayment }
  | { kind: 'order'; event: string; order: GatewayOrder; payment: GatewayPayment }
  | { kind: 'refund'; event: string; refund: GatewayRefund; payment: GatewayPayment | null }
  | { kind: 'payout'; event: string; payout: GatewayPayout }
  /** Nothing that we follow, such as a dispute. */
  | { kind: 'ignored'; event: string }
  /** Not a webhook, or not in the form that Razorpay documents. */
  | { kind: 'unreadable' }

const MAX_EVENT = 100

const Envelope = z.object({
  event: z
    .string()
    .max(MAX_EVENT)
    .regex(/^[\w.-]+$/),
  payload: z.record(z.string(), z.unknown()),
})

const entity = <T extends z.ZodType>(schema: T) => z.object({ entity: schema })
const OfPayment = z.object({ payment: entity(Payment) })
const OfOrder = z.object({ order: entity(Order), payment: entity(Payment) })
const OfRefund = z.object({ refund: entity(Refund), payment: entity(Payment).optional() })
const OfPayout = z.object({ payout: entity(Payout) })

const PAYMENT = /^payment\.(authorized|captured|failed)$/
const REFUND = /^refund\.(created|processed|failed)$/
const PAYOUT = /^payout\.(pending|queued|initiated|processed|failed|rejected|reversed|updated)$/

/**
 * Reads the body of a webhook whose signature was found right: https://razorpay.com/docs/webhooks/payloads. Never throws. Events
 * come more than once and in any order, each with its entity as it was then.
 */
export function readWebhook(text: string): RazorpayNotice {
  const envelope = Envelope.safeParse(parseJson(text))
  if (!envelope.success) return { kind: 'unreadable' }
  const { event, payload } = envelope.data
  if (PAYMENT.test(event)) {
    const read = OfPayment.safeParse(payload).data
    return read ? { kind: 'payment', event, payment: read.payment.entity } : { kind: 'unreadable' }
  }
  if (event === 'order.paid') {
    const read = OfOrder.safeParse(payload).data
    if (!read) return { kind: 'unreadable' }
    return { kind: 'order', event, order: read.order.entity, payment: read.payment.entity }
  }
  if (REFUND.test(event)) {
    const read = OfRefund.safeParse(payload).data
    if (!read) return { kind: 'unreadable' }
    return { kind: 'refund', event, refund: read.refund.entity, payment: read.payment?.entity ?? null }
  }
  if (PAYOUT.test(event)) {
    const read = OfPayout.safeParse(payload).data
    return read ? { kind: 'payout', event, payout: read.payout.entity } : { kind: 'unreadable' }
  }
  return { kind: 'ignored', event }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

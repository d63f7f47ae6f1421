import { findRefund } from '#db/queries/payments/due-refunds.ts'
import { findOrder } from '#db/queries/payments/order-view.ts'
import { recordFinding } from '#db/queries/payments/record-finding.ts'
import { takePayment } from '#db/queries/payments/take-payment.ts'
import { takeRefund } from '#db/queries/payments/take-refund.ts'
import { concludeWebhook, takeDueWebhooks, type WebhookRow } from '#db/queries/payments/webhook-events.ts'
import { takePayout } from '#db/queries/payouts/take-payout.ts'
import { WEBHOOK_TRIES } from '#packages/payments/limits.ts'
import type { GatewayPayment, GatewayRefund } from '#packages/payments/payment-port.ts'
import { type RazorpayNotice, readWebhook } from '#packages/razorpay/read-webhook.ts'
import type { Services } from '../context.ts'

type Db = Services['db']

/** What is about nothing of ours: it may not be here yet. */
const UNKNOWN = 'unknown'

/**
 * Takes in what the gateway told, in the order in which it came. What is about something that is not here yet, or fails, comes back
 * later; nothing of what was told is logged. Returns how many were concluded.
 */
export async function takeWebhooks(
  { db, log }: Pick<Services, 'db' | 'log'>,
  now: Date,
): Promise<{ webhooksTaken: number }> {
  let webhooksTaken = 0
  for (const webhook of await takeDueWebhooks(db, now)) {
    const { id, attempts } = webhook
    try {
      if (await conclude(db, webhook, now)) webhooksTaken += 1
    } catch (error) {
      log.error('webhook not taken in', { id, attempts, error })
      const finding = { kind: 'webhook_stuck', reference: id, detail: `tried ${attempts} times` } as const
      if (attempts === WEBHOOK_TRIES) await recordFinding(db, finding, now)
    }
  }
  return { webhooksTaken }
}

async function conclude(db: Db, { id, body, attempts }: WebhookRow, now: Date): Promise<boolean> {
  const notice = readWebhook(body)
  const outcome = await takeIn(db, notice, now)
  if (outcome === UNKNOWN && attempts < WEBHOOK_TRIES) return false
  if (outcome === UNKNOWN) await reportUnknown(db, notice, now)
  await concludeWebhook(db, { id, outcome })
  return true
}

async function takeIn(db: Db, notice: RazorpayNotice, now: Date): Promise<string> {
  if (notice.kind === 'refund') return takeInRefund(db, notice.refund, now)
  if (notice.kind === 'payout') return takePayout(db, notice.payout, now)
  if (notice.kind === 'payment' || notice.kind === 'order') return takeInPayment(db, notice.payment, now)
  return notice.kind
}

async function takeInPayment(db: Db, payment: GatewayPayment, now: Date): Promise<string> {
  const order = payment.orderId === null ? undefined : await findOrder(db, payment.orderId)
  return order ? takePayment(db, { order, payment }, now) : UNKNOWN
}

async function takeInRefund(db: Db, theirs: GatewayRefund, now: Date): Promise<string> {
  const refund = await findRefund(db, theirs)
  return refund ? takeRefund(db, refund, theirs, now) : UNKNOWN
}

/** Money that moved and is in no book of ours is for somebody to look at. */
async function reportUnknown(db: Db, notice: RazorpayNotice, now: Date): Promise<void> {
  if (notice.kind === 'refund') {
    const { id, amount, paymentId, state } = notice.refund
    const detail = `${amount} paise of ${paymentId}, ${state}`
    await recordFinding(db, { kind: 'refund_unknown', reference: id, detail }, now)
  }
  if ((notice.kind === 'payment' || notice.kind === 'order') && notice.payment.state === 'captured') {
    const { id, amount, orderId } = notice.payment
    const detail = `${amount} paise, order ${orderId ?? 'none'}`
    await recordFinding(db, { kind: 'payment_unknown', reference: id, detail }, now)
  }
}

import { takeDueRefunds } from '#db/queries/payments/due-refunds.ts'
import { recordFinding } from '#db/queries/payments/record-finding.ts'
import type { RefundRow } from '#db/queries/payments/refund-view.ts'
import { refundFailed, takeRefund } from '#db/queries/payments/take-refund.ts'
import { FAILURES_OF_A_RUN, REFUND_STUCK_MS } from '#packages/payments/limits.ts'
import { GatewayError, type GatewayRefund, type PaymentPort } from '#packages/payments/payment-port.ts'
import type { Services } from '../context.ts'

/**
 * Sends refunds that are due to the gateway, and asks after those that it has. What fails comes back by its plan; a gateway that
 * does not answer is left alone. Returns how many moved on.
 */
export async function sendRefunds(
  { db, payments, log }: Pick<Services, 'db' | 'payments' | 'log'>,
  now: Date,
): Promise<{ refundsMoved: number }> {
  let refundsMoved = 0
  let failures = 0
  if (!payments) return { refundsMoved }
  for (const refund of await takeDueRefunds(db, now)) {
    if (failures >= FAILURES_OF_A_RUN) break
    const { id, state, attempts } = refund
    try {
      if (await move(db, payments, refund, now)) refundsMoved += 1
      else await reportStuck(db, refund, now)
      failures = 0
    } catch (error) {
      log.error('refund not sent', { refundId: id, state, attempts, error })
      if (error instanceof GatewayError && error.failure !== 'refused') failures += 1
      await reportStuck(db, refund, now).catch((cause: unknown) =>
        log.error('stuck refund not reported', { refundId: id, error: cause }),
      )
    }
  }
  return { refundsMoved }
}

async function reportStuck(db: Services['db'], { id, state, createdAt }: RefundRow, now: Date): Promise<void> {
  if (now.getTime() - createdAt.getTime() <= REFUND_STUCK_MS) return
  await recordFinding(db, { kind: 'refund_stuck', reference: id, detail: `still ${state}` }, now)
}

/** Brings a refund on by what the gateway says of it. Returns whether it moved. */
async function move(db: Services['db'], payments: PaymentPort, refund: RefundRow, now: Date): Promise<boolean> {
  // What was tried before may have got there.
  const isKnown = refund.state === 'sent' || refund.attempts > 1
  const theirs = (isKnown && (await find(payments, refund))) || (await send(payments, refund))
  if (!theirs) return false
  if (theirs instanceof GatewayError) return refundFailed(db, refund, theirs.message, now)
  return (await takeRefund(db, refund, theirs, now)) === 'taken'
}

async function find(payments: PaymentPort, refund: RefundRow): Promise<GatewayRefund | undefined> {
  const theirs = await payments.refundsOf(refund.gatewayPaymentId)
  return theirs.find(({ id, receipt }) => receipt === refund.id || id === refund.gatewayRefundId)
}

/** Undefined: it has it already. An error: it never will be done. */
async function send(
  payments: PaymentPort,
  { id, state, amount, gatewayPaymentId, ...refund }: RefundRow,
): Promise<GatewayRefund | GatewayError | undefined> {
  if (state !== 'requested') return undefined
  try {
    return await payments.refund(gatewayPaymentId, { id, amount })
  } catch (error) {
    if (!(error instanceof GatewayError) || error.failure !== 'refused') throw error
    return (await find(payments, { ...refund, id, state, amount, gatewayPaymentId })) ?? error
  }
}

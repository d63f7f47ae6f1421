import { checkSoon } from '#db/queries/payments/due-orders.ts'
import { loadBookingPayments } from '#db/queries/payments/load-payments.ts'
import { loadOrder, type OrderRow } from '#db/queries/payments/order-view.ts'
import { takePayment } from '#db/queries/payments/take-payment.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { captureAuthorized } from '#packages/payments/capture-authorized.ts'
import { isPayable } from '#packages/payments/is-payable.ts'
import { GatewayError, type GatewayPayment } from '#packages/payments/payment-port.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { BookingPayments, Checkout, Processing } from './contract.ts'
import { gatewayOf } from './gateway.ts'
import { presentPayments } from './present.ts'

export const verifyPayment = operation(
  {
    id: 'verifyPayment',
    method: 'post',
    path: '/payments/verify',
    tag: 'Payments',
    summary:
      'Last step of paying, with what the checkout handed over: the gateway is asked what was paid, and the booking goes on',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: Checkout,
    replies: { 200: BookingPayments, 202: Processing },
    errors: ['not_found', 'payment_signature_invalid', 'payment_mismatch', 'online_payment_unavailable'],
  },
  async (ctx, { body }) => {
    const gateway = gatewayOf(ctx)
    const order = await loadOrder(ctx.db, body.orderId, ctx.actor.userId)
    if (!order?.gatewayOrderId) throw new Problem('not_found')
    // The signature is over the order that we keep: nobody pays one order and shows another.
    const isSigned = await gateway.isCheckout({
      gatewayOrderId: order.gatewayOrderId,
      gatewayPaymentId: body.razorpay_payment_id,
      signature: body.razorpay_signature,
    })
    const isTheirs = (body.razorpay_order_id ?? order.gatewayOrderId) === order.gatewayOrderId
    if (!isSigned || !isTheirs)
      throw fieldProblem('payment_signature_invalid', 'razorpay_signature', 'Not of this order and payment')
    const payment = await ask(ctx, order, body.razorpay_payment_id)
    if (!payment) return { status: 202, body: { orderId: order.id, state: 'processing' } } as const
    const taken = await takePayment(ctx.db, { order, payment }, new Date(ctx.now))
    if (taken === 'mismatch') throw new Problem('payment_mismatch')
    const row = await loadBookingPayments(ctx.db, order.bookingId)
    if (!row) throw new Problem('not_found')
    return ok(presentPayments(row, { withDetails: true }))
  },
)

/** The payment as the gateway has it. Undefined: it does not answer, and the reconciler finds out. */
async function ask(ctx: Ctx, order: OrderRow, id: string): Promise<GatewayPayment | undefined> {
  const gateway = gatewayOf(ctx)
  try {
    return await captureAuthorized(gateway, await gateway.payment(id), isPayable(order, ctx.now) ? order : null)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    ctx.log.warn('payment not verified', { orderId: order.id, error })
    await checkSoon(ctx.db, order.id, new Date(ctx.now))
    return undefined
  }
}

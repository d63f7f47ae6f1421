import { loadRefundable, requestRefund } from '#db/queries/payments/request-refund.ts'
import { Problem } from '#packages/errors/problem.ts'
import { paise } from '#packages/fares/money.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewRefund, PaymentRefund } from './contract.ts'

export const refundPayment = operation(
  {
    id: 'refundPayment',
    method: 'post',
    path: '/payments/refund',
    tag: 'Payments',
    summary: 'Give a part of a payment back, or all of it, on record; never more than came in',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewRefund,
    replies: { 201: PaymentRefund },
    errors: ['not_found', 'own_account', 'payment_not_captured', 'refund_exceeds_payment', 'balance_too_low'],
  },
  async (ctx, { body }) => {
    const payment = await loadRefundable(ctx.db, body.paymentId)
    if (!payment) throw new Problem('not_found')
    if ([payment.passengerId, payment.driverId].includes(ctx.actor.userId)) throw new Problem('own_account')
    if (payment.state !== 'captured') throw new Problem('payment_not_captured')
    const { bearer, reason: note } = body
    const { amount } = body.amount
    // A surplus goes back by itself, whole.
    if (payment.surplus && bearer !== 'passenger') throw new Problem('refund_exceeds_payment')
    const request = { id: uuidv7(ctx.now), payment, amount, bearer, note, actorId: ctx.actor.userId }
    const refund = await requestRefund(ctx.db, request, new Date(ctx.now))
    if (!refund) throw new Problem('refund_exceeds_payment')
    const at = new Date(ctx.now).toISOString()
    return created({
      ...{ id: refund.id, paymentId: payment.id, state: refund.state, cause: refund.cause },
      ...{ amount: paise(amount), createdAt: at, updatedAt: at },
    })
  },
)

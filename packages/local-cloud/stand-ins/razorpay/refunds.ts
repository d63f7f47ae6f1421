import { type Books, find } from './books.ts'
import { type Payment, RazorpayError, type Refund } from './entities.ts'
import type { NewRefund } from './requests.ts'

/** Newest first. */
export const refundsOf = (books: Books, paymentId: string): Refund[] =>
  books.refunds.recent().filter((refund) => refund.payment_id === paymentId)

/** @param state a refund that is `pending` waits to be processed or failed */
export function createRefund(
  books: Books,
  paymentId: string,
  request: NewRefund,
  state: 'pending' | 'processed',
): Refund {
  const payment = find(books.payments, paymentId)
  if (payment.refund_status === 'full') throw new RazorpayError('The payment has been fully refunded already')
  if (!payment.captured) throw new RazorpayError('The payment status should be captured for action to be taken')
  const left = payment.amount - payment.amount_refunded
  const amount = request.amount ?? left
  if (amount > left) {
    const description = 'The total refund amount is greater than the refund payment amount'
    throw new RazorpayError(description, { field: 'amount' })
  }
  const refund: Refund = {
    id: books.newId('rfnd'),
    entity: 'refund',
    amount,
    currency: payment.currency,
    payment_id: payment.id,
    notes: request.notes ?? {},
    receipt: request.receipt ?? null,
    acquirer_data: { arn: null },
    created_at: books.now(),
    batch_id: null,
    status: 'pending',
    speed_processed: 'normal',
    speed_requested: request.speed ?? 'normal',
  }
  books.refunds.set(refund.id, refund)
  raise(payment, amount)
  books.emit({ event: 'refund.created', refund, payment })
  if (state === 'processed') processRefund(books, refund.id)
  return refund
}

export function processRefund(books: Books, refundId: string): Refund {
  const refund = pendingRefund(books, refundId)
  refund.status = 'processed'
  refund.acquirer_data.arn = String(refund.created_at).padStart(12, '0')
  books.emit({ event: 'refund.processed', refund, payment: find(books.payments, refund.payment_id) })
  return refund
}

/** The bank does not take it: the money is the merchant's again, and can be refunded again. */
export function failRefund(books: Books, refundId: string): Refund {
  const refund = pendingRefund(books, refundId)
  refund.status = 'failed'
  const payment = find(books.payments, refund.payment_id)
  raise(payment, -refund.amount)
  books.emit({ event: 'refund.failed', refund, payment })
  return refund
}

function pendingRefund(books: Books, refundId: string): Refund {
  const refund = find(books.refunds, refundId)
  if (refund.status !== 'pending') throw new RazorpayError(`The refund is ${refund.status}`, { status: 409 })
  return refund
}

function raise(payment: Payment, by: number): void {
  payment.amount_refunded += by
  const isFull = payment.amount_refunded === payment.amount
  payment.refund_status = isFull ? 'full' : payment.amount_refunded > 0 ? 'partial' : null
  payment.status = isFull ? 'refunded' : 'captured'
}

import { type Books, find } from './books.ts'
import { type Order, type Payment, RazorpayError } from './entities.ts'
import { newPayment } from './new-payment.ts'
import type { NewOrder } from './requests.ts'

const FEE_SHARE = 0.02
const GST_SHARE = 0.18

export interface PayOptions {
  /** False: the payment waits for the API to capture it. */
  capture?: boolean | undefined
  /** Another amount or currency than ordered, as no real checkout has it. */
  amount?: number | undefined
  currency?: string | undefined
  /** A second attempt that had begun before the first one went through. */
  evenIfPaid?: boolean | undefined
}

export function createOrder(books: Books, { amount, currency, receipt, notes }: NewOrder): Order {
  const order: Order = {
    id: books.newId('order'),
    entity: 'order',
    amount,
    amount_paid: 0,
    amount_due: amount,
    currency,
    receipt: receipt ?? null,
    offer_id: null,
    status: 'created',
    attempts: 0,
    notes: notes ?? {},
    created_at: books.now(),
  }
  books.orders.set(order.id, order)
  return order
}

/** Newest first. */
export const paymentsOf = (books: Books, orderId: string): Payment[] =>
  books.payments.recent().filter((payment) => payment.order_id === orderId)

/** What the checkout does when the customer pays. */
export function pay(books: Books, orderId: string, options: PayOptions = {}): Payment {
  const { capture: captures = true, amount, currency, evenIfPaid } = options
  const payment = attempt(books, orderId, evenIfPaid)
  if (amount !== undefined) payment.amount = amount
  if (currency !== undefined) payment.currency = currency
  payment.status = 'authorized'
  payment.acquirer_data.rrn = String(books.now()).padStart(12, '0')
  books.emit({ event: 'payment.authorized', payment })
  if (captures) capture(books, payment.id, payment.amount)
  return payment
}

/** What the checkout does when the bank says no. */
export function fail(books: Books, orderId: string): Payment {
  const payment = attempt(books, orderId)
  Object.assign(payment, {
    status: 'failed',
    error_code: 'BAD_REQUEST_ERROR',
    error_description:
      "Your payment didn't go through as it was declined by the bank. Try another payment method.",
    error_source: 'bank',
    error_step: 'payment_authorization',
    error_reason: 'payment_failed',
  } satisfies Partial<Payment>)
  books.emit({ event: 'payment.failed', payment })
  return payment
}

export function capture(books: Books, paymentId: string, amount: number): Payment {
  const payment = find(books.payments, paymentId)
  if (payment.captured) throw new RazorpayError('This payment has already been captured')
  if (payment.status !== 'authorized') {
    throw new RazorpayError('Only payments which have been authorized and not yet captured can be captured')
  }
  if (amount !== payment.amount) {
    throw new RazorpayError('Capture amount must be equal to the amount authorized', { field: 'amount' })
  }
  const order = find(books.orders, payment.order_id)
  const fee = Math.round(amount * FEE_SHARE)
  const tax = Math.round(fee * GST_SHARE)
  Object.assign(payment, {
    status: 'captured',
    captured: true,
    fee: fee + tax,
    tax,
  } satisfies Partial<Payment>)
  Object.assign(order, { status: 'paid', amount_paid: amount, amount_due: 0 } satisfies Partial<Order>)
  books.emit({ event: 'payment.captured', payment })
  books.emit({ event: 'order.paid', payment, order })
  return payment
}

function attempt(books: Books, orderId: string, evenIfPaid = false): Payment {
  const order = find(books.orders, orderId)
  if (order.status === 'paid' && !evenIfPaid)
    throw new RazorpayError('The order has been paid already', { status: 409 })
  order.attempts++
  if (order.status !== 'paid') order.status = 'attempted'
  const payment = newPayment(books.newId('pay'), order, books.now())
  books.payments.set(payment.id, payment)
  return payment
}

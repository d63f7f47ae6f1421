import { BoundedMap } from '../bounded-map.ts'
import { newId, type Order, type Payment, RazorpayError, type Refund, unknownId } from './entities.ts'
import { newPayment } from './new-payment.ts'
import type { NewOrder, NewRefund } from './requests.ts'

export const MAX_KEPT = 1000
const FEE_SHARE = 0.02
const GST_SHARE = 0.18

export interface AccountEvent {
  event:
    | 'payment.authorized'
    | 'payment.captured'
    | 'payment.failed'
    | 'order.paid'
    | 'refund.created'
    | 'refund.processed'
  payment?: Payment
  order?: Order
  refund?: Refund
}

/** Orders, payments and refunds of one merchant, and the rules between them. Amounts are paise. */
export class Account {
  readonly orders = new BoundedMap<string, Order>(MAX_KEPT)
  readonly payments = new BoundedMap<string, Payment>(MAX_KEPT)
  readonly refunds = new BoundedMap<string, Refund>(MAX_KEPT)
  private readonly clock: () => number
  private readonly emit: (event: AccountEvent) => void

  /** @param emit gets copies: an event is a snapshot of its moment */
  constructor(clock: () => number, emit: (event: AccountEvent) => void) {
    this.clock = clock
    this.emit = emit
  }

  order(id: string): Order {
    return found(this.orders.get(id))
  }

  payment(id: string): Payment {
    return found(this.payments.get(id))
  }

  refund(id: string): Refund {
    return found(this.refunds.get(id))
  }

  paymentsOf(orderId: string): Payment[] {
    return this.payments.recent().filter((payment) => payment.order_id === orderId)
  }

  refundsOf(paymentId: string): Refund[] {
    return this.refunds.recent().filter((refund) => refund.payment_id === paymentId)
  }

  createOrder({ amount, currency, receipt, notes }: NewOrder): Order {
    const order: Order = {
      id: newId('order'),
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
      created_at: this.seconds(),
    }
    this.orders.set(order.id, order)
    return order
  }

  /** What the checkout does when the customer pays; without `capture` the payment waits for the API to capture it. */
  pay(orderId: string, capture: boolean): Payment {
    const payment = this.attempt(orderId)
    payment.status = 'authorized'
    payment.acquirer_data.rrn = String(this.clock()).slice(-12)
    this.emit({ event: 'payment.authorized', payment: { ...payment } })
    if (capture) this.capture(payment.id, payment.amount)
    return payment
  }

  fail(orderId: string): Payment {
    const payment = this.attempt(orderId)
    Object.assign(payment, {
      status: 'failed',
      error_code: 'BAD_REQUEST_ERROR',
      error_description:
        "Your payment didn't go through as it was declined by the bank. Try another payment method.",
      error_source: 'bank',
      error_step: 'payment_authorization',
      error_reason: 'payment_failed',
    } satisfies Partial<Payment>)
    this.emit({ event: 'payment.failed', payment: { ...payment } })
    return payment
  }

  capture(paymentId: string, amount: number): Payment {
    const payment = this.payment(paymentId)
    if (payment.captured) throw new RazorpayError('This payment has already been captured')
    if (payment.status !== 'authorized') {
      throw new RazorpayError('Only payments which have been authorized and not yet captured can be captured')
    }
    if (amount !== payment.amount) {
      throw new RazorpayError('Capture amount must be equal to the amount authorized', { field: 'amount' })
    }
    const order = this.order(payment.order_id)
    const fee = Math.round(amount * FEE_SHARE)
    const tax = Math.round(fee * GST_SHARE)
    Object.assign(payment, {
      status: 'captured',
      captured: true,
      fee: fee + tax,
      tax,
    } satisfies Partial<Payment>)
    Object.assign(order, { status: 'paid', amount_paid: amount, amount_due: 0 } satisfies Partial<Order>)
    this.emit({ event: 'payment.captured', payment: { ...payment } })
    this.emit({ event: 'order.paid', payment: { ...payment }, order: { ...order } })
    return payment
  }

  createRefund(paymentId: string, request: NewRefund): Refund {
    const payment = this.payment(paymentId)
    if (payment.refund_status === 'full') throw new RazorpayError('The payment has been fully refunded already')
    if (!payment.captured)
      throw new RazorpayError('The payment status should be captured for action to be taken')
    const left = payment.amount - payment.amount_refunded
    const amount = request.amount ?? left
    if (amount > left) {
      const description = 'The total refund amount is greater than the refund payment amount'
      throw new RazorpayError(description, { field: 'amount' })
    }
    const refund: Refund = {
      id: newId('rfnd'),
      entity: 'refund',
      amount,
      currency: payment.currency,
      payment_id: payment.id,
      notes: request.notes ?? {},
      receipt: request.receipt ?? null,
      acquirer_data: { arn: null },
      created_at: this.seconds(),
      batch_id: null,
      status: 'processed',
      speed_processed: 'normal',
      speed_requested: request.speed ?? 'normal',
    }
    this.refunds.set(refund.id, refund)
    payment.amount_refunded += amount
    payment.refund_status = amount === left ? 'full' : 'partial'
    if (amount === left) payment.status = 'refunded'
    for (const event of ['refund.created', 'refund.processed'] as const) {
      this.emit({ event, refund: { ...refund }, payment: { ...payment } })
    }
    return refund
  }

  private attempt(orderId: string): Payment {
    const order = this.order(orderId)
    if (order.status === 'paid') throw new RazorpayError('The order has been paid already', { status: 409 })
    order.attempts++
    order.status = 'attempted'
    const payment = newPayment(order, this.seconds())
    this.payments.set(payment.id, payment)
    return payment
  }

  private seconds(): number {
    return Math.floor(this.clock() / 1000)
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw unknownId()
  return value
}

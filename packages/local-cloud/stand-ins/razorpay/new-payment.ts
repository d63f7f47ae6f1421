import type { Order, Payment } from './entities.ts'

/** A payment by UPI that has just begun. @param now Unix seconds */
export function newPayment(id: string, order: Order, now: number): Payment {
  return {
    id,
    entity: 'payment',
    amount: order.amount,
    currency: order.currency,
    status: 'created',
    order_id: order.id,
    invoice_id: null,
    international: false,
    method: 'upi',
    amount_refunded: 0,
    refund_status: null,
    captured: false,
    description: null,
    card_id: null,
    bank: null,
    wallet: null,
    vpa: 'passenger@upi',
    email: 'passenger@example.com',
    contact: '+919000000000',
    notes: order.notes,
    fee: null,
    tax: null,
    error_code: null,
    error_description: null,
    error_source: null,
    error_step: null,
    error_reason: null,
    acquirer_data: { rrn: null },
    created_at: now,
  }
}

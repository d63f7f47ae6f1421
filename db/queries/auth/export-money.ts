import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { receiptNumber } from '#packages/receipts/receipt-number.ts'
import { AccountExport } from './account-export.ts'
import { at, list, object } from './export-list.ts'
import { MoneyExport } from './money-export.ts'

const { receipts } = MoneyExport.shape

/** An AccountExport as it is read: the numbers of receipts are not printed yet. */
export const ExportRow = AccountExport.extend({
  receipts: z.array(receipts.element.extend({ number: z.number(), financialYear: z.number() })),
})

const inRupees = (column: string) => object({ amount: column, currency: `'INR'` })
/** Who pays is whose order it is. */
const PAID = 'payments paid join payment_orders ordered on ordered.id = paid.order_id'

/** Columns of an ExportRow: what this person paid and got back, earned and withdrew. */
export function exportMoney(userId: string): SQL {
  return sql`${list(
    {
      ...{ id: 'id', bookingId: 'booking_id', state: 'state', gatewayOrderId: 'gateway_order_id' },
      ...{ amount: inRupees('amount'), createdAt: at('created_at'), updatedAt: at('updated_at') },
    },
    'payment_orders',
    'payer_id',
    userId,
  )} as "paymentOrders",
    ${list(
      {
        ...{ id: 'paid.id', orderId: 'paid.order_id', bookingId: 'paid.booking_id', state: 'paid.state' },
        ...{ gatewayPaymentId: 'paid.gateway_payment_id', amount: inRupees('paid.amount') },
        ...{ refunded: inRupees('paid.refunded'), isSurplus: 'paid.surplus', method: 'paid.method' },
        ...{ failure: 'paid.failure', createdAt: at('paid.created_at'), capturedAt: at('paid.captured_at') },
      },
      PAID,
      'ordered.payer_id',
      userId,
      'paid.id',
    )} as payments,
    ${list(
      {
        ...{ id: 'back.id', paymentId: 'back.payment_id', bookingId: 'back.booking_id', state: 'back.state' },
        ...{ gatewayRefundId: 'back.gateway_refund_id', cause: 'back.cause', failure: 'back.failure' },
        ...{ amount: inRupees('back.amount'), createdAt: at('back.created_at') },
        updatedAt: at('back.updated_at'),
      },
      `refunds back join (${PAID}) on paid.id = back.payment_id`,
      'ordered.payer_id',
      userId,
      'back.id',
    )} as refunds,
    ${list(
      {
        ...{ number: 'number', financialYear: 'financial_year', kind: 'series' },
        ...{ paymentId: 'payment_id', refundId: 'refund_id', total: inRupees('receipt.amount') },
        ...{ fare: inRupees('fare_amount'), fee: inRupees('fee_amount'), tax: inRupees('tax_amount') },
        issuedAt: at('issued_at'),
      },
      `receipts receipt join (${PAID}) on paid.id = receipt.payment_id`,
      'ordered.payer_id',
      userId,
      'issued_at, series, number',
    )} as receipts,
    ${list(
      {
        ...{ account: 'entry.account', kind: 'posted.kind', bookingId: 'posted.booking_id' },
        ...{ amount: object({ amount: 'entry.amount', currency: 'entry.currency' }), at: at('entry.at') },
        availableAt: at('entry.available_at'),
      },
      'ledger_entries entry join ledger_transactions posted on posted.id = entry.transaction_id',
      'entry.owner_id',
      userId,
      'entry.at, entry.transaction_id, entry.line',
    )} as "ledgerEntries",
    ${list(
      {
        ...{ id: 'id', kind: 'kind', lastFour: 'last_four' },
        ...{ createdAt: at('created_at'), removedAt: at('removed_at') },
      },
      'payout_methods',
      'driver_id',
      userId,
    )} as "payoutMethods",
    ${list(
      {
        ...{ id: 'id', methodId: 'method_id', state: 'state', amount: inRupees('amount') },
        ...{ bankReference: 'bank_reference', failure: 'failure' },
        ...{ requestedAt: at('requested_at'), updatedAt: at('updated_at') },
      },
      'payouts',
      'driver_id',
      userId,
    )} as withdrawals`
}

/** Prints the numbers of the receipts. */
export function presentMoney(row: z.infer<typeof ExportRow>): AccountExport {
  const printed = row.receipts.map(({ financialYear, number, ...receipt }) => ({
    ...receipt,
    number: receiptNumber({ series: receipt.kind, financialYear, number }),
  }))
  return { ...row, receipts: printed }
}

import type { z } from '@hono/zod-openapi'
import type { BookingPaymentsRow } from '#db/queries/payments/load-payments.ts'
import { paise } from '#packages/fares/money.ts'
import { receiptNumber } from '#packages/receipts/receipt-number.ts'
import type { BookingPayments, PaymentRefund } from './contract.ts'

/** What was paid for a booking: all of it to its passenger and the finance staff, to the driver only whether. */
export function presentPayments(
  row: BookingPaymentsRow,
  { withDetails }: { withDetails: boolean },
): z.input<typeof BookingPayments> {
  const isPaid = row.payments.some(({ state, surplus }) => state === 'captured' && !surplus)
  return { bookingId: row.bookingId, isPaid, details: withDetails ? presentDetails(row) : null }
}

function presentDetails({ fareAmount, feeAmount, orders: [order], ...row }: BookingPaymentsRow) {
  return {
    fare: paise(fareAmount),
    fee: paise(feeAmount),
    order: order ? { ...order, amount: paise(order.amount), createdAt: order.createdAt.toISOString() } : null,
    payments: row.payments.map(({ surplus, amount, refunded, capturedAt, ...payment }) => ({
      ...{ ...payment, amount: paise(amount), refunded: paise(refunded), isSurplus: surplus },
      capturedAt: capturedAt?.toISOString() ?? null,
    })),
    refunds: row.refunds.map(presentRefund),
    receipts: row.receipts.map(({ paymentId, refundId, amount, ...key }) => ({
      ...{ number: receiptNumber(key), kind: key.series, paymentId, refundId, amount: paise(amount) },
    })),
  }
}

function presentRefund({
  amount,
  createdAt,
  updatedAt,
  ...refund
}: BookingPaymentsRow['refunds'][number]): z.input<typeof PaymentRefund> {
  return {
    ...{ ...refund, amount: paise(amount) },
    ...{ createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
  }
}

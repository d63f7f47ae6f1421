import { z } from '@hono/zod-openapi'
import type { ReceiptRow } from '#db/queries/receipts/load-receipts.ts'
import { GST_SHARE } from '#packages/fares/booking-fee.ts'
import { paise } from '#packages/fares/money.ts'
import { firstName } from '#packages/people/first-name.ts'
import { type Amounts, FEE_SAC, type Receipt, type Seller } from '#packages/receipts/receipt.ts'
import { receiptNumber } from '#packages/receipts/receipt-number.ts'
import type { ReceiptSeries } from '#packages/receipts/series.ts'
import { Id, Instant, Money } from '../http/shapes.ts'

const Parts = {
  fare: Money.openapi({ description: 'Collected on behalf of the driver, without tax' }),
  fee: Money.openapi({ description: 'The booking fee without its tax' }),
  tax: Money.openapi({ description: 'GST on the fee' }),
  total: Money,
}

export const WireReceipt = z
  .object({
    number: z.string().openapi({ example: 'MRG/2627/0000123' }),
    issuedAt: Instant,
    paymentId: Id,
    bookingId: Id,
    seller: z.object({ name: z.string(), address: z.string().nullable(), gstin: z.string().nullable() }),
    passenger: z.string().nullable(),
    ride: z.object({
      from: z.string(),
      to: z.string(),
      pickupAt: Instant,
      seats: z.int(),
      driver: z.string().nullable().openapi({ description: 'First name' }),
    }),
    ...Parts,
    taxRate: z.number().openapi({ example: 0.18 }),
    sac: z.string().openapi({ description: 'Services Accounting Code of the fee', example: '998551' }),
    method: z.string().nullable().openapi({ example: 'upi' }),
    creditNotes: z.array(
      z.object({
        number: z.string().openapi({ example: 'MRC/2627/0000004' }),
        issuedAt: Instant,
        refundId: Id,
        ...Parts,
      }),
    ),
  })
  .openapi('PaymentReceipt')

type Issued = Pick<
  ReceiptRow,
  'financialYear' | 'number' | 'issuedAt' | 'amount' | 'fareAmount' | 'feeAmount' | 'taxAmount'
>

/** What is printed of a stored receipt. */
export function receiptOf(row: ReceiptRow, seller: Seller): Receipt {
  const { bookingId, from, to, seats, method } = row
  return {
    ...{ ...issuedOf('receipt', row), paymentId: row.id, bookingId, seller, from, to, seats, method },
    ...{ passenger: row.passengerName, driver: firstName(row.driverName), pickupAt: row.pickupAt.getTime() },
    creditNotes: row.creditNotes.map((note) => ({ ...issuedOf('credit_note', note), refundId: note.refundId })),
  }
}

function issuedOf(series: ReceiptSeries, { financialYear, number, issuedAt, ...amounts }: Issued) {
  const { amount: total, fareAmount: fare, feeAmount: fee, taxAmount: tax } = amounts
  return {
    number: receiptNumber({ series, financialYear, number }),
    issuedAt: issuedAt.getTime(),
    ...{ total, fare, fee, tax },
  }
}

export function presentReceipt(receipt: Receipt): z.input<typeof WireReceipt> {
  const { number, paymentId, bookingId, seller, passenger, driver, from, to, seats, method } = receipt
  return {
    ...{ number, paymentId, bookingId, passenger, method, taxRate: GST_SHARE, sac: FEE_SAC },
    issuedAt: new Date(receipt.issuedAt).toISOString(),
    seller: { name: seller.name, address: seller.address || null, gstin: seller.gstin || null },
    ride: { from, to, seats, driver, pickupAt: new Date(receipt.pickupAt).toISOString() },
    ...presentAmounts(receipt),
    creditNotes: receipt.creditNotes.map((note) => ({
      ...{ number: note.number, refundId: note.refundId, issuedAt: new Date(note.issuedAt).toISOString() },
      ...presentAmounts(note),
    })),
  }
}

function presentAmounts({ fare, fee, tax, total }: Amounts) {
  return { fare: paise(fare), fee: paise(fee), tax: paise(tax), total: paise(total) }
}

import { z } from 'zod'
import { accountKinds, transactionKinds } from '#packages/ledger/kinds.ts'
import { receiptSeries } from '#packages/receipts/series.ts'

const id = z.string()
const text = z.string().nullable()
const at = z.iso.datetime()
const money = z.object({ amount: z.number(), currency: z.string() })

/** What is stored about a person's money, as they get it; whole paise. */
export const MoneyExport = z.object({
  paymentOrders: z.array(
    z.object({
      ...{ id, bookingId: id, state: z.string(), amount: money, gatewayOrderId: text },
      ...{ createdAt: at, updatedAt: at },
    }),
  ),
  payments: z.array(
    z.object({
      ...{ id, orderId: id, bookingId: id, gatewayPaymentId: z.string(), state: z.string() },
      ...{ amount: money, refunded: money, isSurplus: z.boolean(), method: text, failure: text },
      ...{ createdAt: at, capturedAt: at.nullable() },
    }),
  ),
  refunds: z.array(
    z.object({
      ...{ id, paymentId: id, bookingId: id, gatewayRefundId: text, state: z.string(), cause: z.string() },
      ...{ amount: money, failure: text, createdAt: at, updatedAt: at },
    }),
  ),
  receipts: z.array(
    z.object({
      ...{ number: z.string(), kind: z.enum(receiptSeries), paymentId: id, refundId: id.nullable() },
      ...{ fare: money, fee: money, tax: money, total: money, issuedAt: at },
    }),
  ),
  /** What moved the wallet (`driver`) and what is kept for a passenger until it is settled (`passenger`). */
  ledgerEntries: z.array(
    z.object({
      ...{ account: z.enum(accountKinds), kind: z.enum(transactionKinds), bookingId: id.nullable() },
      ...{ amount: money, availableAt: at.nullable(), at },
    }),
  ),
  /** Where a driver is paid: only the end is shown. */
  payoutMethods: z.array(
    z.object({ id, kind: z.string(), lastFour: z.string(), createdAt: at, removedAt: at.nullable() }),
  ),
  withdrawals: z.array(
    z.object({
      ...{ id, methodId: id, amount: money, state: z.string(), bankReference: text, failure: text },
      ...{ requestedAt: at, updatedAt: at },
    }),
  ),
})

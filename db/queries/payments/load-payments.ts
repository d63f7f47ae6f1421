import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { orderStates, paymentStates, payWays, refundCauses, refundStates } from '#packages/payments/states.ts'
import { receiptSeries } from '#packages/receipts/series.ts'

/** All that was paid for a booking and given back; amounts are whole paise. */
export const BookingPaymentsRow = z.object({
  bookingId: z.string(),
  passengerId: z.string(),
  driverId: z.string(),
  state: z.enum(bookingStates),
  payWith: z.enum(payWays),
  fareAmount: z.number(),
  feeAmount: z.number(),
  /** The newest first, as everything here. */
  orders: z.array(
    z.object({
      id: z.string(),
      state: z.enum(orderStates),
      gatewayOrderId: z.string().nullable(),
      amount: z.number(),
      createdAt: z.coerce.date(),
    }),
  ),
  payments: z.array(
    z.object({
      id: z.string(),
      orderId: z.string(),
      state: z.enum(paymentStates),
      amount: z.number(),
      refunded: z.number(),
      surplus: z.boolean(),
      method: z.string().nullable(),
      failure: z.string().nullable(),
      capturedAt: z.coerce.date().nullable(),
    }),
  ),
  refunds: z.array(
    z.object({
      id: z.string(),
      paymentId: z.string(),
      state: z.enum(refundStates),
      cause: z.enum(refundCauses),
      amount: z.number(),
      createdAt: z.coerce.date(),
      updatedAt: z.coerce.date(),
    }),
  ),
  receipts: z.array(
    z.object({
      series: z.enum(receiptSeries),
      financialYear: z.number(),
      number: z.number(),
      paymentId: z.string(),
      refundId: z.string().nullable(),
      amount: z.number(),
    }),
  ),
})
export type BookingPaymentsRow = z.infer<typeof BookingPaymentsRow>

/** The rows of a table about the booking, as JSON. */
const listOf = (columns: SQL, from: SQL, order: SQL) =>
  sql`(select coalesce(jsonb_agg(to_jsonb(each) order by ${order} desc), '[]') from (select ${columns} from ${from}) each)`

/** What was paid for a booking. Undefined: there is no such booking. */
export function loadBookingPayments(db: Db, bookingId: string): Promise<BookingPaymentsRow | undefined> {
  return readRow(
    db,
    sql`select booking.id as "bookingId", booking.passenger_id as "passengerId", ride.driver_id as "driverId",
        booking.state, booking.pay_with as "payWith", booking.fare_amount as "fareAmount",
        booking.fee_amount as "feeAmount",
        ${listOf(
          sql`id, state, gateway_order_id as "gatewayOrderId", amount, created_at as "createdAt"`,
          sql`payment_orders where booking_id = booking.id`,
          sql`each.id`,
        )} as orders,
        ${listOf(
          sql`id, order_id as "orderId", state, amount, refunded, surplus, method, failure, captured_at as "capturedAt"`,
          sql`payments where booking_id = booking.id`,
          sql`each.id`,
        )} as payments,
        ${listOf(
          sql`id, payment_id as "paymentId", state, cause, amount, created_at as "createdAt", updated_at as "updatedAt"`,
          sql`refunds where booking_id = booking.id`,
          sql`each.id`,
        )} as refunds,
        ${listOf(
          sql`receipt.series, receipt.financial_year as "financialYear", receipt.number, receipt.payment_id as "paymentId",
            receipt.refund_id as "refundId", receipt.amount, receipt.issued_at`,
          sql`receipts receipt join payments paid on paid.id = receipt.payment_id where paid.booking_id = booking.id`,
          sql`each.issued_at`,
        )} as receipts
      from bookings booking join rides ride on ride.id = booking.ride_id
      where booking.id = ${bookingId}`,
    BookingPaymentsRow,
  )
}

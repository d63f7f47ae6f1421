import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'

const Issued = {
  financialYear: z.number(),
  number: z.number(),
  issuedAt: z.coerce.date(),
  amount: z.number(),
  fareAmount: z.number(),
  feeAmount: z.number(),
  taxAmount: z.number(),
}
const CreditNoteRow = z.object({ ...Issued, refundId: z.string() })

/** The receipt of a payment with everything that it is made of, and its credit notes in their order. */
export const ReceiptRow = z.object({
  ...Issued,
  /** The payment's. */
  id: z.string(),
  bookingId: z.string(),
  passengerName: z.string().nullable(),
  driverName: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  pickupAt: z.coerce.date(),
  seats: z.number(),
  method: z.string().nullable(),
  creditNotes: z.array(CreditNoteRow),
})
export type ReceiptRow = z.infer<typeof ReceiptRow>

const issued = sql.join(
  [
    ['financialYear', 'financial_year'],
    ['number', 'number'],
    ['issuedAt', 'issued_at'],
    ['amount', 'amount'],
    ['fareAmount', 'fare_amount'],
    ['feeAmount', 'fee_amount'],
    ['taxAmount', 'tax_amount'],
  ].map(([name, column]) => sql.raw(`'${name}', note.${column}`)),
  sql`, `,
)

/** Reads ReceiptRows from a relation called `receipt` that has the columns of `receipts`. */
const view = sql`select payment.id, booking.id as "bookingId", receipt.financial_year as "financialYear", receipt.number,
    receipt.issued_at as "issuedAt", receipt.amount, receipt.fare_amount as "fareAmount",
    receipt.fee_amount as "feeAmount", receipt.tax_amount as "taxAmount", passenger.name as "passengerName",
    driver.name as "driverName", booking.pickup_at as "pickupAt", booking.seats, payment.method,
    (select name from route_stops where route_id = ride.route_id and position = booking.leg_from) as "from",
    (select name from route_stops where route_id = ride.route_id and position = booking.leg_to) as "to",
    (select coalesce(jsonb_agg(jsonb_build_object('refundId', note.refund_id, ${issued}) order by note.issued_at, note.number), '[]')
      from receipts note where note.payment_id = payment.id and note.series = 'credit_note') as "creditNotes"
  from receipt join payments payment on payment.id = receipt.payment_id
  join bookings booking on booking.id = payment.booking_id
  join users passenger on passenger.id = booking.passenger_id
  join rides ride on ride.id = booking.ride_id
  join users driver on driver.id = ride.driver_id`

const receiptOf = (bookingId: string, more: SQL) => sql`receipt as (
    select receipts.* from receipts join payments on payments.id = payment_id
    join bookings on bookings.id = booking_id
    where booking_id = ${bookingId} and series = 'receipt' ${more}
    order by payments.id desc limit 1
  )`

/** The receipt of a passenger's booking. Undefined: not theirs, or nothing was paid for it through the platform. */
export function loadReceipt(
  db: Db,
  { bookingId, passengerId }: { bookingId: string; passengerId: string },
): Promise<ReceiptRow | undefined> {
  return readRow(
    db,
    sql`with ${receiptOf(bookingId, sql`and passenger_id = ${passengerId}`)} ${view}`,
    ReceiptRow,
  )
}

/** The receipt of anybody's booking, for the staff; that they read it is on record. */
export function inspectReceipt(
  db: Db,
  { bookingId, actorId }: { bookingId: string; actorId: string },
  now: Date,
): Promise<ReceiptRow | undefined> {
  const entry = { actorId, action: 'receipt.view', subject: sql`${bookingId}::uuid` }
  return readRow(
    db,
    sql`with ${receiptOf(bookingId, sql``)}, audited as (${recordAudit('receipt', entry, now)}) ${view}`,
    ReceiptRow,
  )
}

/** A passenger's receipts, the newest payment first. @param before older than that of this payment */
export function listReceipts(
  db: Db,
  { passengerId, before, limit }: { passengerId: string; before?: string | undefined; limit: number },
): Promise<ReceiptRow[]> {
  const older = before ? sql`and payments.id < ${before}` : sql``
  return readRows(
    db,
    sql`with receipt as (
        select receipts.* from receipts join payments on payments.id = payment_id
        join bookings on bookings.id = booking_id
        where passenger_id = ${passengerId} and series = 'receipt' ${older}
        order by payments.id desc limit ${limit}
      ) ${view} order by payment.id desc`,
    ReceiptRow,
  )
}

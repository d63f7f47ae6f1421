import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { post } from '#db/queries/ledger/post.ts'
import { tellMoneyRefund } from '#db/queries/outbox/tell.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postRefund } from '#packages/ledger/postings.ts'
import { refundSource } from '#packages/payments/refund-source.ts'
import { paymentStates, type RefundBearer, refundCauses, refundStates } from '#packages/payments/states.ts'

/** A payment as it is looked at before a part of it is given back; amounts are whole paise. */
export const RefundableRow = z.object({
  id: z.string(),
  bookingId: z.string(),
  passengerId: z.string(),
  driverId: z.string(),
  state: z.enum(paymentStates),
  captured: z.number(),
  refunded: z.number(),
  surplus: z.boolean(),
  settled: z.boolean(),
})
export type RefundableRow = z.infer<typeof RefundableRow>

/** A payment with the two people it is between. */
export function loadRefundable(db: Db, paymentId: string): Promise<RefundableRow | undefined> {
  return readRow(
    db,
    sql`select payment.id, payment.booking_id as "bookingId", booking.passenger_id as "passengerId",
        ride.driver_id as "driverId", payment.state, payment.captured, payment.refunded, payment.surplus,
        payment.settled_at is not null as settled
      from payments payment
      join bookings booking on booking.id = payment.booking_id
      join rides ride on ride.id = booking.ride_id
      where payment.id = ${paymentId}`,
    RefundableRow,
  )
}

const RequestedRow = z.object({ id: z.string(), state: z.enum(refundStates), cause: z.enum(refundCauses) })
type RequestedRow = z.infer<typeof RequestedRow>

export interface RefundRequest {
  id: string
  payment: RefundableRow
  /** Whole paise. */
  amount: number
  bearer: RefundBearer
  note: string
  actorId: string
}

/**
 * Has a part of a payment given back, on record. However many ask at once, they stop at the capture; what is borne by the passenger
 * is all that is left of this payment since a refund of it failed, at once, since there is one such refund. Undefined: it would be
 * more than that, or leave something behind. Violates
 * `ledger_balances_no_overdraft` where the driver's wallet does not have so much.
 */
export function requestRefund(
  db: Db,
  { id, payment, amount, bearer, note, actorId }: RefundRequest,
  now: Date,
): Promise<RequestedRow | undefined> {
  const cause = bearer === 'passenger' ? (payment.surplus ? 'surplus' : 'ending') : 'goodwill'
  const posting = postRefund(refundSource({ ...payment, bearer }), amount)
  const of = { id: uuidv7(now.getTime()), reference: id, bookingId: payment.bookingId }
  const details = sql`jsonb_build_object('refundId', ${id}::text, 'amount', ${amount}::int, 'bearer', ${bearer}::text)`
  const left: SQL =
    bearer === 'passenger' ? sql`and settled_at is not null and ${amount}::int = ${leftOver}` : sql``
  return readRowLocked(
    db,
    sql`select 1 from payments where id = ${payment.id} for no key update`,
    sql`with payment as (
        update payments set refunded = refunded + ${amount}::int, updated_at = ${now}
        where id = ${payment.id} and state = 'captured' and refunded + ${amount}::int <= captured ${left}
        returning *
      ), refund as (
        insert into refunds (id, payment_id, booking_id, amount, cause, bearer, note, requested_by, state, try_at,
          created_at, updated_at)
        select ${id}::uuid, id, booking_id, ${amount}::int, ${cause}, ${bearer}, ${note}, ${actorId}::uuid, 'requested',
          ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from payment returning *
      ), ${post('refund', posting, of, now)},
      audited as (${recordAudit('payment', { actorId, action: 'payment.refund', subject: sql`id`, details }, now)}),
      told as (${tellMoneyRefund('refund', now)})
      select id, state, cause from refund`,
    RequestedRow,
  )
}

/** What the passenger's account still has of the payment in the row of `payments`. */
const leftOver = sql`(select coalesce(sum(entry.amount), 0) from ledger_transactions posted
  join ledger_entries entry on entry.transaction_id = posted.id and entry.account = 'passenger'
  where (posted.kind in ('capture', 'settlement') and posted.reference = payments.id)
    or (posted.kind in ('refund', 'refund_failed')
      and posted.reference in (select id from refunds where refunds.payment_id = payments.id)))`

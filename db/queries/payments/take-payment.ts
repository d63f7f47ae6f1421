import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, writeLocked } from '#db/client.ts'
import { databaseProblem } from '#db/errors.ts'
import { confirmPaid } from '#db/queries/bookings/confirm-paid.ts'
import { post } from '#db/queries/ledger/post.ts'
import { tellMoneyCaptured } from '#db/queries/outbox/tell.ts'
import { issueReceipt } from '#db/queries/receipts/issue-receipt.ts'
import { lockRideOfPayer } from '#db/queries/seats/lock-ride.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import { taxWithin } from '#packages/fares/booking-fee.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postCapture } from '#packages/ledger/postings.ts'
import type { GatewayPayment } from '#packages/payments/payment-port.ts'
import { paymentStates } from '#packages/payments/states.ts'
import type { OrderRow } from './order-view.ts'
import { recordFinding } from './record-finding.ts'

/** What has to be known of the order that a payment is for. */
export type PaidOrder = Pick<
  OrderRow,
  'id' | 'bookingId' | 'payerId' | 'amount' | 'currency' | 'gatewayOrderId' | 'feeAmount'
>

/**
 * `taken`: it moved on · `known`: that or something later was taken in before · `mismatch`: it is not what was ordered, and somebody
 * has to look.
 */
export type TakenPayment = 'taken' | 'known' | 'mismatch'

/** The seats that the booking had are somebody else's now, or its passenger has others. */
const GONE: ReadonlySet<ProblemCode> = new Set(['ride_full', 'seat_taken', 'already_booked'])

/**
 * The one entrance for what the gateway tells of a payment, however often and in which order. What is told first of a capture posts
 * it, marks the order paid, issues the receipt and confirms the booking, in one transaction; where its hold has lapsed and the
 * seats are gone the booking stays as it ended, and all goes back. A second capture of a booking is a surplus.
 */
export async function takePayment(
  db: Db,
  { order, payment }: { order: PaidOrder; payment: GatewayPayment },
  now: Date,
): Promise<TakenPayment> {
  if (payment.state === 'created') return 'known'
  const isOurs = payment.orderId === order.gatewayOrderId
  if (!isOurs || payment.amount !== order.amount || payment.currency !== order.currency) {
    if (payment.state === 'failed') return 'known'
    const said = `${payment.state}: ${payment.amount} ${payment.currency}`
    const detail = `${said} instead of ${order.amount} ${order.currency}, order ${order.id}`
    await recordFinding(db, { kind: 'payment_mismatch', reference: payment.id, detail }, now)
    return 'mismatch'
  }
  try {
    return await take(db, order, payment, { retake: true }, now)
  } catch (error) {
    const code = databaseProblem(error)?.code
    if (!code || !GONE.has(code)) throw error
    return await take(db, order, payment, { retake: false }, now)
  }
}

async function take(
  db: Db,
  order: PaidOrder,
  payment: GatewayPayment,
  options: { retake: boolean },
  now: Date,
): Promise<TakenPayment> {
  const { id: gatewayId, state, amount, method, failure } = payment
  const { payerId: passengerId, bookingId, feeAmount } = order
  const isCaptured = state === 'captured'
  const gatewayFee = Math.min(payment.fee, amount)
  const tax = taxWithin(feeAmount)
  const earlier = paymentStates.slice(
    0,
    Math.max(
      0,
      paymentStates.findIndex((each) => each === state),
    ),
  )
  const of = { id: uuidv7(now.getTime()), reference: sql`(select id from captured)`, bookingId }
  const write = sql`with payment as (
      insert into payments (id, order_id, booking_id, gateway_payment_id, amount, state, captured, gateway_fee, surplus,
        method, failure, captured_at, created_at, updated_at)
      select ${uuidv7(now.getTime())}::uuid, ${order.id}::uuid, ${bookingId}::uuid, ${gatewayId}, ${amount}::int, ${state},
        ${isCaptured ? amount : 0}::int, ${isCaptured ? gatewayFee : 0}::int,
        ${isCaptured}::boolean and exists (select 1 from payments other where other.booking_id = ${bookingId}
          and other.state = 'captured' and not other.surplus and other.gateway_payment_id <> ${gatewayId}),
        ${method}::text, ${failure}::text, ${isCaptured ? now : null}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      on conflict (gateway_payment_id) do update set state = excluded.state, captured = excluded.captured,
        gateway_fee = excluded.gateway_fee, surplus = excluded.surplus, failure = excluded.failure,
        method = coalesce(excluded.method, payments.method), captured_at = excluded.captured_at, updated_at = ${now}
        where payments.state in ${earlier.length > 0 ? earlier : ['']}
      returning *
    ), captured as (select * from payment where state = 'captured'),
    accepted as (select * from captured where not surplus),
    ${confirmPaid('accepted', options, now)},
    ordered as (
      update payment_orders set state = 'paid', updated_at = ${now} from captured
      where payment_orders.id = captured.order_id and payment_orders.state <> 'paid'
    ), ${post('captured', postCapture({ passengerId, amount, gatewayFee }), of, now)},
    bill as (
      select id as payment_id, amount, amount - ${feeAmount}::int as fare_amount, ${feeAmount - tax}::int as fee_amount,
        ${tax}::int as tax_amount from accepted
    ), ${issueReceipt('bill', now)},
    told as (${tellMoneyCaptured('captured', now)})
    select id from payment`
  const view = sql`select id from payments where gateway_payment_id = ${gatewayId}`
  const before = [lockRideOfPayer(bookingId)] as const
  const taken = await writeLocked(db, { before, write, view }, z.object({ id: z.string() }))
  return taken ? 'taken' : 'known'
}

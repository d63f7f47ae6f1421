import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, writeLocked } from '#db/client.ts'
import { post } from '#db/queries/ledger/post.ts'
import { tellMoneyRefund } from '#db/queries/outbox/tell.ts'
import { issueCreditNote } from '#db/queries/receipts/issue-receipt.ts'
import { GST_SHARE } from '#packages/fares/booking-fee.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postRefundFailed, postRefundPaid } from '#packages/ledger/postings.ts'
import { REFUND_ASKING } from '#packages/payments/limits.ts'
import type { GatewayRefund } from '#packages/payments/payment-port.ts'
import { refundSource } from '#packages/payments/refund-source.ts'
import { backOff } from '#packages/retries/back-off.ts'
import { findIn, recordFinding, resolveEnded } from './record-finding.ts'
import type { RefundRow } from './refund-view.ts'

const Done = z.object({ id: z.string() })
const OPEN = ['requested', 'sent']
const ENDS: ReadonlySet<string> = new Set(['processed', 'failed'])

/**
 * Takes in what the gateway says of a refund, whoever brings it, in any order and however often. `mismatch`: it is of another
 * amount or payment, and somebody has to look.
 */
export async function takeRefund(
  db: Db,
  refund: RefundRow,
  theirs: GatewayRefund,
  now: Date,
): Promise<'taken' | 'known' | 'mismatch'> {
  const { gatewayPaymentId, gatewayRefundId, amount } = refund
  if (gatewayRefundId !== null && theirs.id !== gatewayRefundId) {
    const detail = `${theirs.amount} paise once more for ${gatewayRefundId}`
    await recordFinding(db, { kind: 'refund_unknown', reference: theirs.id, detail }, now)
    return 'mismatch'
  }
  if (theirs.paymentId !== gatewayPaymentId || theirs.amount !== amount || theirs.currency !== 'INR') {
    const detail = `${theirs.amount} ${theirs.currency} of ${theirs.paymentId} instead of ${amount} of ${gatewayPaymentId}`
    await recordFinding(db, { kind: 'refund_mismatch', reference: theirs.id, detail }, now)
    return 'mismatch'
  }
  if (await move[theirs.state](db, refund, theirs.id, now)) return 'taken'
  const { state } = refund
  if (!ENDS.has(state) || !ENDS.has(theirs.state) || state === theirs.state) return 'known'
  // What has ended moves no more: its money may have been given back once more, or be nobody's.
  const detail = `${amount} paise: the gateway says ${theirs.state} of ${refund.id}, which is ${state}`
  await recordFinding(db, { kind: 'refund_mismatch', reference: theirs.id, detail }, now)
  return 'mismatch'
}

const move: Record<
  GatewayRefund['state'],
  (db: Db, refund: RefundRow, gatewayRefundId: string, now: Date) => Promise<boolean>
> = {
  pending: refundSent,
  processed: refundProcessed,
  failed: (db, refund, gatewayRefundId, now) =>
    refundFailed(db, { ...refund, gatewayRefundId }, 'the gateway says that it failed', now),
}

/** The gateway has a refund, which is not through yet. Returns whether that is news. */
async function refundSent(db: Db, { id }: RefundRow, gatewayRefundId: string, now: Date): Promise<boolean> {
  const tryAt = new Date(now.getTime() + backOff(REFUND_ASKING, 1))
  const sent = await readRow(
    db,
    sql`with refund as (
        update refunds set state = 'sent', gateway_refund_id = ${gatewayRefundId}, attempts = 0, try_at = ${tryAt},
          updated_at = ${now}
        where id = ${id} and state = 'requested' returning *
      ), told as (${tellMoneyRefund('refund', now)})
      select id from refund`,
    Done,
  )
  return sent !== undefined
}

/** A refund is through: posts it and issues its credit note. Returns whether that is news. */
function refundProcessed(db: Db, refund: RefundRow, gatewayRefundId: string, now: Date): Promise<boolean> {
  const { id, bookingId, amount } = refund
  const of = { id: uuidv7(now.getTime()), reference: id, bookingId }
  return end(
    db,
    refund,
    sql`with refund as (
        update refunds set state = 'processed', gateway_refund_id = ${gatewayRefundId}, try_at = null, failure = null,
          updated_at = ${now}
        where id = ${id} and state in ${OPEN} returning *
      ), ${post('refund', postRefundPaid(amount), of, now)},
      ${creditOf('refund')}, ${issueCreditNote('credit', now)}, moved_on as (${resolveEnded('refund_stuck', 'refund', now)}),
      told as (${tellMoneyRefund('refund', now)})
      select id from refund`,
  )
}

/** A refund did not go through: who bore it has the money again, and somebody has to look. Returns whether that is news. */
export function refundFailed(db: Db, refund: RefundRow, failure: string, now: Date): Promise<boolean> {
  const { id, bookingId, amount, gatewayRefundId } = refund
  const of = { id: uuidv7(now.getTime()), reference: id, bookingId }
  const finding = { kind: 'refund_failed', reference: id, detail: `${amount} paise: ${failure}` } as const
  return end(
    db,
    refund,
    sql`with refund as (
        update refunds set state = 'failed', gateway_refund_id = ${gatewayRefundId}, failure = ${failure}, try_at = null,
          updated_at = ${now}
        where id = ${id} and state in ${OPEN} returning *
      ), payment as (
        update payments set refunded = refunded - refund.amount, updated_at = ${now}
        from refund where payments.id = refund.payment_id
      ), ${post('refund', postRefundFailed(refundSource(refund), amount), of, now)},
      found as (${findIn('refund', finding, now)}), moved_on as (${resolveEnded('refund_stuck', 'refund', now)}),
      told as (${tellMoneyRefund('refund', now)})
      select id from refund`,
  )
}

/** Payments are locked before their refunds. */
async function end(db: Db, { id, paymentId }: RefundRow, write: SQL): Promise<boolean> {
  const lock = sql`select 1 from payments where id = ${paymentId} for no key update`
  const done = await writeLocked(db, { before: [lock], write, view: sql`select ${id} as id` }, Done)
  return done !== undefined
}

/**
 * CTEs that say what of a receipt the refund in `source` takes back: of the fare first, as every policy does, then of the fee with
 * its tax (total × 18 ÷ 118, over all credit notes together). `credit` has no row where there is no receipt.
 */
function creditOf(source: string): SQL {
  const taxIn = (fee: SQL) => sql`round(${fee} * ${GST_SHARE}::numeric / (1 + ${GST_SHARE}::numeric))`
  return sql`credited as (
      select refund.id as refund_id, refund.payment_id, refund.amount, receipt.fare_amount as fare,
        coalesce(sum(note.fare_amount), 0) as fare_before,
        coalesce(sum(note.fee_amount + note.tax_amount), 0) as fee_before
      from ${sql.raw(source)} refund
      join receipts receipt on receipt.payment_id = refund.payment_id and receipt.series = 'receipt'
      left join receipts note on note.payment_id = refund.payment_id and note.series = 'credit_note'
      group by refund.id, refund.payment_id, refund.amount, receipt.fare_amount
    ), parts as (
      select *, least(amount, fare - fare_before) as of_fare, amount - least(amount, fare - fare_before) as of_fee
      from credited
    ), taxed as (
      select *, ${taxIn(sql`(fee_before + of_fee)`)} - ${taxIn(sql`fee_before`)} as of_tax from parts
    ), credit as (
      select payment_id, refund_id, amount, of_fare::int as fare_amount, (of_fee - of_tax)::int as fee_amount,
        of_tax::int as tax_amount from taxed
    )`
}

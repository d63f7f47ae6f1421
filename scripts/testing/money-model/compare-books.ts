import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '../../../db/client.ts'
import type { Merchant } from './stage.ts'

const Line = z.object({ line: z.string() })
const lines = async (db: Db, statement: ReturnType<typeof sql>) =>
  (await readRows(db, statement, Line)).map(({ line }) => line).toSorted()

/** Their states in our words. */
const payoutStates: Readonly<Record<string, string>> = { processed: 'paid', rejected: 'failed' }

/**
 * The books of the gateway and ours, line by line, as they are after the reconciler ran and nothing is on its way. `people` are
 * the drivers whose rides were paid through this merchant.
 */
export async function bothBooks(db: Db, { books }: Merchant, drivers: readonly string[]) {
  const ofRun = sql`in (select booking.id from bookings booking join rides on rides.id = booking.ride_id
    where rides.driver_id in ${drivers})`
  const ours = {
    payments: await lines(
      db,
      sql`select concat_ws(' ', gateway_payment_id, captured, gateway_fee, refunded) as line from payments
        where state = 'captured' and booking_id ${ofRun}`,
    ),
    refunds: await lines(
      db,
      sql`select concat_ws(' ', refund.gateway_refund_id, payment.gateway_payment_id, refund.amount, refund.state) as line
        from refunds refund join payments payment on payment.id = refund.payment_id
        where refund.booking_id ${ofRun} and refund.gateway_refund_id is not null`,
    ),
    payouts: await lines(
      db,
      sql`select concat_ws(' ', gateway_payout_id, amount, state) as line from payouts
        where driver_id in ${drivers} and gateway_payout_id is not null`,
    ),
    /** What the gateway owes us, as an account of ours has it. */
    clearing: await lines(
      db,
      sql`select (-coalesce(sum(entry.amount), 0))::text as line from ledger_entries entry
        join ledger_transactions posted on posted.id = entry.transaction_id
        where entry.account = 'gateway' and (posted.booking_id ${ofRun}
          or posted.reference in (select id from payouts where driver_id in ${drivers}))`,
    ),
  }
  const captured = [...books.payments.values()].filter((payment) => payment.captured)
  const refunds = [...books.refunds.values()]
  const payouts = [...books.payouts.values()]
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
  const theirs = {
    payments: captured.map(({ id, amount, fee, amount_refunded }) =>
      [id, amount, fee, amount_refunded].join(' '),
    ),
    refunds: refunds.map(({ id, payment_id, amount, status }) => [id, payment_id, amount, status].join(' ')),
    payouts: payouts.map(({ id, amount, status }) => [id, amount, payoutStates[status] ?? status].join(' ')),
    clearing: [
      String(
        sum(captured.map(({ amount, fee }) => amount - (fee ?? 0))) -
          sum(refunds.filter(({ status }) => status === 'processed').map(({ amount }) => amount)) -
          sum(payouts.filter(({ status }) => status === 'processed').map(({ amount, fees }) => amount + fees)),
      ),
    ],
  }
  const sorted = Object.fromEntries(Object.entries(theirs).map(([name, each]) => [name, each.toSorted()]))
  return { ours, theirs: sorted }
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { readRow, readRows } from '../../db/client.ts'
import { textList } from '../../db/lists.ts'
import type { PaymentWorld } from './payment-world.ts'

/** What somebody has to look at, by kind. */
export async function findingsAbout(
  { db }: Pick<PaymentWorld, 'db'>,
  references: readonly string[],
): Promise<string[]> {
  const findings = sql`select kind from money_findings where reference in ${textList(references)} order by kind`
  return (await readRows(db, findings, z.object({ kind: z.string() }))).map(({ kind }) => kind)
}

/** All that the books say of a booking, ours and the ledger's. */
export async function booksOf({ db }: Pick<PaymentWorld, 'db'>, bookingId: string) {
  const State = z.object({ state: z.string() })
  const booking = await readRow(db, sql`select state from bookings where id = ${bookingId}`, State)
  const lines = await readRows(
    db,
    sql`select posted.kind, entry.account, entry.amount from ledger_transactions posted
      join ledger_entries entry on entry.transaction_id = posted.id
      where posted.booking_id = ${bookingId} order by posted.id, entry.line`,
    z.object({ kind: z.string(), account: z.string(), amount: z.coerce.number() }),
  )
  const payments = await readRows(
    db,
    sql`select id, state, captured, refunded, surplus, settled_at is not null as settled from payments
      where booking_id = ${bookingId} order by id`,
    z.object({
      id: z.string(),
      state: z.string(),
      captured: z.number(),
      refunded: z.number(),
      surplus: z.boolean(),
      settled: z.boolean(),
    }),
  )
  const refunds = await readRows(
    db,
    sql`select id, state, cause, amount from refunds where booking_id = ${bookingId} order by id`,
    z.object({ id: z.string(), state: z.string(), cause: z.string(), amount: z.number() }),
  )
  const accounts: Record<string, number> = {}
  for (const { account, amount } of lines) accounts[account] = (accounts[account] ?? 0) + amount
  const nothing = Object.entries(accounts).filter(([, amount]) => amount !== 0)
  return {
    ...{
      state: booking?.state,
      payments,
      refunds,
      kinds: [...new Set(lines.map(({ kind }) => kind))].toSorted(),
    },
    accounts: Object.fromEntries(nothing),
  }
}

/** Everything that is wrong with the books: nothing, always. */
export async function whatIsWrong({ db, razorpay }: Pick<PaymentWorld, 'db' | 'razorpay'>): Promise<string[]> {
  const wrong: string[] = []
  const Sum = z.object({ sum: z.coerce.number() })
  const sum = await readRow(db, sql`select coalesce(sum(amount), 0) as sum from ledger_entries`, Sum)
  if (sum?.sum !== 0) wrong.push(`the ledger sums to ${sum?.sum}`)
  const below = sql`select count(*) as sum from ledger_balances where balance < 0`
  if ((await readRow(db, below, Sum))?.sum !== 0) wrong.push('somebody has less than nothing')
  const over = sql`select count(*) as sum from payments where refunded > captured`
  if ((await readRow(db, over, Sum))?.sum !== 0) wrong.push('more went back than came in')
  const Ours = z.object({ id: z.string(), amount: z.number(), back: z.coerce.number() })
  const ours = await readRows(
    db,
    sql`select gateway_payment_id as id, captured as amount, (select coalesce(sum(amount), 0) from refunds
        where payment_id = payments.id and state = 'processed') as back
      from payments where state = 'captured' order by 1`,
    Ours,
  )
  const theirs = [...razorpay.books.payments.values()]
    .filter(({ captured }) => captured)
    .map(({ id, amount, amount_refunded: back }) => ({ id, amount, back }))
  const said = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  const [mine, its] = [said(ours), said(theirs)]
  for (const line of mine.filter((each) => !its.includes(each))) wrong.push(`only we say ${line}`)
  for (const line of its.filter((each) => !mine.includes(each))) wrong.push(`only the gateway says ${line}`)
  return wrong
}

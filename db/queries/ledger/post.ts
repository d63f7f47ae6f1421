import { type SQL, sql } from 'drizzle-orm'
import type { Posting } from '#packages/ledger/postings.ts'

/** Where a posting belongs. */
export interface PostingOf {
  /** The transaction's id. */
  id: string
  /** The id of the payment, booking, refund or payout that it is about; with its kind posted once. SQL where the statement finds it. */
  reference: string | SQL
  bookingId: string | null
}

/**
 * CTEs that post a transaction to the ledger if `source`, the name of a CTE, has a row, to be used in the statement that
 * changes what it is about: what commits is posted, what does not is not. They are called `<name>` and `<name>_entries`.
 * Violates `ledger_transactions_reference_key` where it was posted before, `ledger_balances_no_overdraft` where somebody
 * does not have so much.
 */
export function post(
  source: string,
  { kind, lines }: Posting,
  { id, reference, bookingId }: PostingOf,
  now: Date,
  name = 'posted',
): SQL {
  const [posted, entries] = [sql.raw(name), sql.raw(`${name}_entries`)]
  const rows = lines.map(({ availableAt, ...line }, index) => ({
    ...{ line: index + 1, ...line },
    ...(availableAt !== undefined && { availableAt: new Date(availableAt) }),
  }))
  // The lines are inserted in their order, and a passenger's account comes before a driver's: nobody waits in a circle.
  return sql`${posted} as (
      insert into ledger_transactions (id, kind, reference, booking_id, at)
      select ${id}::uuid, ${kind}, ${reference}::uuid, ${bookingId}::uuid, ${now}::timestamptz
      from ${sql.raw(source)} limit 1 returning id
    ), ${entries} as (
      insert into ledger_entries (transaction_id, line, account, owner_id, currency, amount, available_at, at)
      select ${posted}.id, each.line, each.account, each."ownerId", 'INR', each.amount, each."availableAt", ${now}::timestamptz
      from ${posted}, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as each (line smallint, account text, "ownerId" uuid, amount bigint, "availableAt" timestamptz)
      order by each.line
    )`
}

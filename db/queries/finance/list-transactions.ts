import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { accountKinds, transactionKinds } from '#packages/ledger/kinds.ts'

const TransactionRow = z.object({
  id: z.string(),
  kind: z.enum(transactionKinds),
  reference: z.string(),
  bookingId: z.string().nullable(),
  reverses: z.string().nullable(),
  at: z.coerce.date(),
  lines: z.array(
    z.object({
      account: z.enum(accountKinds),
      ownerId: z.string().nullable(),
      /** Paise. */
      amount: z.number(),
      availableAt: z.coerce.date().nullable(),
    }),
  ),
})
export type TransactionRow = z.infer<typeof TransactionRow>

export interface TransactionPage {
  bookingId?: string | undefined
  personId?: string | undefined
  /** Older than this transaction. */
  before?: string | undefined
  limit: number
}

/** What was posted to the ledger, the newest first: all of it, what is about a booking, what moved an account of a person. */
export function listTransactions(
  db: Db,
  { bookingId, personId, before, limit }: TransactionPage,
): Promise<TransactionRow[]> {
  const about = bookingId ? sql`and booking_id = ${bookingId}` : sql``
  const of = personId
    ? sql`and id in (select transaction_id from ledger_entries where owner_id = ${personId})`
    : sql``
  const older = before
    ? sql`and (at, id) < (select at, id from ledger_transactions where id = ${before})`
    : sql``
  return readRows(
    db,
    sql`with page as (
        select * from ledger_transactions where true ${about} ${of} ${older} order by at desc, id desc limit ${limit}
      )
      select id, kind, reference, booking_id as "bookingId", reverses, at, (
          select jsonb_agg(jsonb_build_object('account', account, 'ownerId', owner_id, 'amount', amount,
            'availableAt', available_at) order by line)
          from ledger_entries where transaction_id = page.id) as lines
      from page order by at desc, id desc`,
    TransactionRow,
  )
}

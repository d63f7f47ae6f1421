import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { accountKinds } from '#packages/ledger/kinds.ts'

const AccountRow = z.object({
  kind: z.enum(accountKinds),
  /** Paise. */
  balance: z.coerce.number(),
  /** How many people have something on it; null for an account of the platform. */
  owners: z.coerce.number().nullable(),
})
export type AccountRow = z.infer<typeof AccountRow>

/** What is on every account that anything was ever posted to; those of people together. All of it adds up to nothing. */
export function loadAccounts(db: Db): Promise<AccountRow[]> {
  return readRows(
    db,
    sql`select account as kind, sum(balance) as balance, count(*) filter (where balance <> 0) as owners
      from ledger_balances group by account
      union all
      select account, sum(amount), null from ledger_entries where owner_id is null group by account`,
    AccountRow,
  )
}

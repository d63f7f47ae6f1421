import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

const ofWallet = (driverId: string) => sql`owner_id = ${driverId} and account = 'driver'`
const balanceOf = (driverId: string) =>
  sql`coalesce((select balance from ledger_balances where ${ofWallet(driverId)} and currency = 'INR'), 0)`

/**
 * What a driver can withdraw: the balance without the credits that are still held, paise. Whoever withdraws has to have
 * locked the balance before, in a statement of its own (`lockWallet`).
 */
export function withdrawableOf(driverId: string, now: Date): SQL {
  return sql`greatest(0, ${balanceOf(driverId)}
    - (select coalesce(sum(amount), 0) from ledger_entries where ${ofWallet(driverId)} and available_at > ${now}))`
}

/** Makes all who withdraw from a wallet wait for each other. */
export function lockWallet(driverId: string): SQL {
  return sql`select 1 from ledger_balances where ${ofWallet(driverId)} for update`
}

const WalletRow = z.object({
  /** Paise. What is held can be less than the credits that are held back: a refund may have been taken of them. */
  balance: z.coerce.number(),
  withdrawable: z.coerce.number(),
  /** When more can be withdrawn, and how much more; null: nothing is held. */
  next: z.object({ at: z.coerce.date(), amount: z.number() }).nullable(),
})
export type WalletRow = z.infer<typeof WalletRow>

/** What a driver's wallet has, what of it can be withdrawn, and what can be next. */
export async function loadWallet(db: Db, driverId: string, now: Date): Promise<WalletRow> {
  const row = await readRow(
    db,
    sql`with wallet as (select ${balanceOf(driverId)} as balance, ${withdrawableOf(driverId, now)} as withdrawable),
      release as (
        -- When these credits are there, only the later ones are held.
        select available_at as at, greatest(0, wallet.balance - sum(amount) over (order by available_at desc) + amount)
          - wallet.withdrawable as amount
        from wallet, (select available_at, sum(amount) as amount from ledger_entries
          where ${ofWallet(driverId)} and available_at > ${now} group by available_at) held
      )
      select wallet.*, (select jsonb_build_object('at', at, 'amount', amount) from release
        where amount > 0 order by at limit 1) as next
      from wallet`,
    WalletRow,
  )
  return row ?? { balance: 0, withdrawable: 0, next: null }
}

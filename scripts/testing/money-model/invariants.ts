import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '../../../db/client.ts'

const rules: Readonly<Record<string, ReturnType<typeof sql>>> = {
  'a transaction does not add up to nothing': sql`select transaction_id from ledger_entries
    group by transaction_id having sum(amount) <> 0`,
  'somebody has less than nothing': sql`select owner_id from ledger_balances where balance < 0`,
  'a balance is not the sum of its entries': sql`select owner_id from ledger_balances kept where balance <>
    (select sum(amount) from ledger_entries where owner_id = kept.owner_id and account = kept.account)`,
  'more went back than came in': sql`select id from payments where refunded > captured`,
  'what went back is not what its refunds say': sql`select id from payments payment where refunded <>
    (select coalesce(sum(amount), 0) from refunds where payment_id = payment.id and state <> 'failed')`,
  'a booking was captured twice': sql`select booking_id from payments where state = 'captured' and not surplus
    group by booking_id having count(*) > 1`,
  'a capture is not in the ledger as it was': sql`select id from payments where state = 'captured' and captured <>
    (select coalesce(sum(entry.amount), 0) from ledger_transactions posted
      join ledger_entries entry on entry.transaction_id = posted.id and entry.account = 'passenger'
      where posted.kind = 'capture' and posted.reference = payments.id)`,
  'somebody rides online without having paid': sql`select id from bookings where pay_with = 'online'
    and state in ('pending', 'confirmed', 'boarded', 'completed') and not exists (
      select 1 from payments where booking_id = bookings.id and state = 'captured' and not surplus)`,
  'refunds on their way are not on their account': sql`select 1 as id where
    (select coalesce(sum(amount), 0) from ledger_entries where account = 'refunds') <>
    (select coalesce(sum(amount), 0) from refunds where state in ('requested', 'sent'))`,
  'payouts on their way are not on their account': sql`select 1 as id where
    (select coalesce(sum(amount), 0) from ledger_entries where account = 'payouts') <>
    (select coalesce(sum(amount), 0) from payouts where state in ('waiting', 'approved', 'sent'))`,
  'receipts have gaps': sql`select series as id from receipts group by series, financial_year
    having max(number) <> count(*)`,
  'a capture has no receipt': sql`select id from payments where state = 'captured' and not surplus
    and not exists (select 1 from receipts where payment_id = payments.id and series = 'receipt')`,
}

const Broken = z.object({ rule: z.string() })
const all = sql.join(
  Object.entries(rules).map(([rule, broken]) => sql`select ${rule}::text as rule where exists (${broken})`),
  sql` union all `,
)

/** What is true after every step, whatever it was; returns what is not. */
export async function brokenRules(db: Db): Promise<string[]> {
  return (await readRows(db, all, Broken)).map(({ rule }) => rule)
}

import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { post } from '#db/queries/ledger/post.ts'
import { lockWallet, withdrawableOf } from '#db/queries/ledger/wallet.ts'
import { tellMoneyPayout } from '#db/queries/outbox/tell.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postPayout } from '#packages/ledger/postings.ts'
import { APPROVAL_LIMITS, APPROVAL_WINDOW_MS, MIN_PAYOUT, MIN_WITHDRAWAL } from '#packages/payouts/limits.ts'
import { type PayoutRail, returnedStates } from '#packages/payouts/states.ts'
import { PayoutRow, payoutById } from './payout-view.ts'

export interface NewPayout {
  id: string
  driverId: string
  methodId: string
  amount: number
  rail: PayoutRail
}

/**
 * Takes money out of a wallet and asks for it to be paid: at least `MIN_WITHDRAWAL`, or all that there is, and never what is
 * held. How many have to approve follows from what the driver asked for within a day; who is banned always needs one.
 *
 * Locked first are the person, so that no ban and no deletion passes by, the method, and then the balance: of many withdrawals
 * at once each sees what the one before left. Undefined: no such person or method, or the wallet does not have so much.
 */
export function requestPayout(
  db: Db,
  { id, driverId, methodId, amount, rail }: NewPayout,
  now: Date,
): Promise<PayoutRow | undefined> {
  const method = sql`payout_methods where id = ${methodId} and driver_id = ${driverId} and removed_at is null`
  const since = new Date(now.getTime() - APPROVAL_WINDOW_MS)
  const posting = post(
    'payout',
    postPayout({ driverId, amount }),
    { id: uuidv7(now.getTime()), reference: id, bookingId: null },
    now,
  )
  const write = sql`with wallet as (
      select balance, ${withdrawableOf(driverId, now)} as withdrawable from ledger_balances
      where owner_id = ${driverId} and account = 'driver' and currency = 'INR'
    ), asked as (
      select coalesce(sum(amount), 0) + ${amount}::int as total from payouts
      where driver_id = ${driverId} and requested_at > ${since} and state not in ${returnedStates}
    ), needed as (
      select greatest((select count(*) from jsonb_array_elements_text(${JSON.stringify(APPROVAL_LIMITS)}::jsonb) as each(most)
        where asked.total > each.most::int), case when person.banned_at is null then 0 else 1 end)::int as approvals
      from asked, users person where person.id = ${driverId} and person.deleted_at is null
    ), payout as (
      insert into payouts (id, driver_id, method_id, amount, currency, state, rail, approvals_needed, try_at,
        requested_at, updated_at)
      select ${id}::uuid, ${driverId}::uuid, ${methodId}::uuid, ${amount}::int, 'INR',
        case when approvals = 0 then 'approved' else 'waiting' end, ${rail}, approvals,
        case when approvals = 0 and ${rail} = 'gateway' then ${now}::timestamptz end, ${now}::timestamptz, ${now}::timestamptz
      from wallet, needed
      where wallet.withdrawable >= ${amount} and exists (select 1 from ${method})
        and (${amount}::int >= ${MIN_WITHDRAWAL}::int or (${amount}::int >= ${MIN_PAYOUT}::int and wallet.balance = ${amount}::int))
      returning *
    ), ${posting}, told as (${tellMoneyPayout('payout', now)})
    select id from payout`
  const before = [
    sql`select 1 from users where id = ${driverId} for share`,
    sql`select 1 from ${method} for share`,
    lockWallet(driverId),
  ] as const
  return writeLocked(db, { before, write, view: payoutById(id) }, PayoutRow)
}

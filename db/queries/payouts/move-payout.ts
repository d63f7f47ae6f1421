import { type SQL, sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { post } from '#db/queries/ledger/post.ts'
import { tellMoneyPayout } from '#db/queries/outbox/tell.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { postingsOf } from '#packages/payouts/postings.ts'
import { nextTry } from '#packages/payouts/retry-plan.ts'
import { type PayoutAction, unfinishedStates } from '#packages/payouts/states.ts'
import { transition } from '#packages/payouts/transition.ts'
import { reportOwnerless, resolveOverdue } from './findings.ts'
import { PayoutRow, payoutById } from './payout-view.ts'

export interface PayoutMove {
  /** As it was seen: it moves only from that state. */
  payout: PayoutRow
  action: PayoutAction
  failure?: string | null
  bankReference?: string | null
  gatewayPayoutId?: string
  /** What the gateway says that it takes for it, paise. */
  fee?: number
  /** Who of the staff does it; never its driver. */
  staff?: { actorId: string; action: string }
}

/** Locks a payout, and what it is paid to; its driver is held first, so that no deletion passes by. */
export const lockPayout = (id: string): readonly [SQL, SQL, SQL] => [
  sql`select 1 from users where id = (select driver_id from payouts where id = ${id}) for share`,
  sql`select 1 from payouts where id = ${id} for update`,
  sql`select 1 from payout_methods where id = (select method_id from payouts where id = ${id}) for update`,
]

/**
 * Moves a payout to another state and posts what that means to the ledger, in one statement; with the last payout to a removed
 * method its details go. Undefined: it is not in that state any more, the action leads nowhere from there, or it is the actor's own.
 */
export async function movePayout(db: Db, move: PayoutMove, now: Date): Promise<PayoutRow | undefined> {
  const { payout, action, staff } = move
  const answer = transition(payout.state, action)
  if (!('to' in answer)) return undefined
  const { to } = answer
  // What comes back is what was taken, whatever is said of it later.
  const fee = payout.state === 'paid' ? payout.fee : (move.fee ?? 0)
  const postings = postingsOf({ ...payout, from: payout.state, to, fee }).map((posting, index) => {
    const of = { id: uuidv7(now.getTime()), reference: payout.id, bookingId: null }
    return sql`${post('payout', posting, of, now, `posted_${index}`)},`
  })
  const next = payout.rail === 'gateway' ? nextTry(to, 0, now.getTime(), 1) : null
  const details = sql`jsonb_strip_nulls(jsonb_build_object('driverId', driver_id, 'amount', amount, 'failure', failure,
    'bankReference', bank_reference))`
  const audited = staff
    ? sql`audited as (${recordAudit('payout', { ...staff, subject: sql`id`, details }, now)}),`
    : sql``
  const write = sql`with payout as (
      update payouts set state = ${to}, updated_at = ${now}, attempts = 0, try_at = ${next && new Date(next)}::timestamptz,
        approvals_needed = greatest(approvals_needed, ${to === 'waiting' ? 1 : 0}),
        failure = coalesce(${move.failure ?? null}, failure),
        bank_reference = coalesce(${move.bankReference ?? null}, bank_reference),
        gateway_payout_id = coalesce(${move.gatewayPayoutId ?? null}, gateway_payout_id)
      where id = ${payout.id} and state = ${payout.state} and (driver_id <> ${staff?.actorId ?? null}::uuid) is not false
      returning *
    ), ${sql.join(postings)} ${audited} forgotten as (
      update payout_methods set details_sealed = null, gateway_fund_account_id = null from payout
      where payout_methods.id = payout.method_id and removed_at is not null
        and not exists (select 1 from payouts other
          where other.method_id = payout.method_id and other.id <> payout.id and other.state in ${unfinishedStates})
        and payout.state not in ${unfinishedStates}
    ), settled as (${resolveOverdue('payout', now)}), ownerless as (${reportOwnerless('payout', now)}),
    told as (${tellMoneyPayout('payout', now)})
    select id from payout`
  return writeLocked(db, { before: lockPayout(payout.id), write, view: payoutById(payout.id) }, PayoutRow)
}

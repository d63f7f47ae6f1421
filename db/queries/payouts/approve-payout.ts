import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { tellMoneyPayout } from '#db/queries/outbox/tell.ts'
import { lockPayout } from './move-payout.ts'
import { PayoutRow, payoutById } from './payout-view.ts'

/**
 * Approves a payout; with the last approval that it needs it is on its way. Locked first, so that of two approvals at once the
 * second counts the first. Undefined: not there, not waiting, the approver's own, or approved by them already.
 */
export function approvePayout(
  db: Db,
  { payoutId, approverId }: { payoutId: string; approverId: string },
  now: Date,
): Promise<PayoutRow | undefined> {
  const isEnough = sql`approvals_needed <= 1 + (select count(*) from payout_approvals before where before.payout_id = payouts.id)`
  const details = sql`jsonb_build_object('driverId', driver_id, 'amount', amount)`
  const entry = { actorId: approverId, action: 'payout.approve', subject: sql`id`, details }
  const write = sql`with approval as (
      insert into payout_approvals (payout_id, approver_id, at)
      select id, ${approverId}::uuid, ${now}::timestamptz from payouts
      where id = ${payoutId} and state = 'waiting' and driver_id <> ${approverId}
      on conflict do nothing returning payout_id
    ), payout as (
      update payouts set updated_at = ${now}, state = case when ${isEnough} then 'approved' else 'waiting' end,
        try_at = case when ${isEnough} and rail = 'gateway' then ${now}::timestamptz end
      from approval where payouts.id = approval.payout_id
      returning payouts.*
    ), audited as (${recordAudit('payout', entry, now)}),
    -- Whoever else is to approve it was told when it was asked for.
    moved as (select * from payout where state <> 'waiting'), told as (${tellMoneyPayout('moved', now)})
    select id from payout`
  return writeLocked(db, { before: lockPayout(payoutId), write, view: payoutById(payoutId) }, PayoutRow)
}

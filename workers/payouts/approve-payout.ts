import { approvePayout as approve } from '#db/queries/payouts/approve-payout.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Payout } from './contract.ts'
import { presentPayout } from './present.ts'
import { loadMovable, staffErrors } from './staff-move.ts'

export const approvePayout = operation(
  {
    id: 'approvePayout',
    method: 'post',
    path: '/admin/payouts/{id}/approve',
    tag: 'Admin',
    summary: 'Approve a payout; with the last approval that it needs it is on its way',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Payout },
    errors: [...staffErrors('approve'), 'payout_approved_before'],
  },
  async (ctx, { params }) => {
    const approverId = ctx.actor.userId
    const approval = { payoutId: params.id, approverId }
    const payout = await approve(ctx.db, approval, new Date(ctx.now))
    if (!payout) {
      const { approvals } = await loadMovable(ctx, params.id, 'approve')
      const isMine = approvals.some((each) => each.approverId === approverId)
      throw new Problem(isMine ? 'payout_approved_before' : 'concurrent_change')
    }
    if (payout.state === 'approved' && payout.rail === 'gateway') ctx.defer(ctx.sendPayouts())
    return ok(presentPayout(payout))
  },
)

import { loadOwnPayout } from '#db/queries/payouts/load-payouts.ts'
import { movePayout } from '#db/queries/payouts/move-payout.ts'
import { Problem } from '#packages/errors/problem.ts'
import { refusalsOf, transition } from '#packages/payouts/transition.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Withdrawal } from './payout-contract.ts'
import { presentWithdrawal } from './present-payout.ts'

export const cancelWithdrawal = operation(
  {
    id: 'cancelWithdrawal',
    method: 'post',
    path: '/earnings/withdrawals/{id}/cancel',
    tag: 'Earnings',
    summary: 'Take a withdrawal back that still waits for approval; its money is in the wallet again',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    replies: { 200: Withdrawal },
    errors: ['concurrent_change', ...refusalsOf('cancel')],
  },
  async (ctx, { params }) => {
    const seen = await loadOwnPayout(ctx.db, ctx.actor.userId, params.id)
    if (!seen) throw new Problem('not_found')
    const answer = transition(seen.state, 'cancel')
    if ('refused' in answer) throw new Problem(answer.refused)
    const move = { payout: seen, action: 'cancel' } as const
    const cancelled = await movePayout(ctx.db, move, new Date(ctx.now))
    if (cancelled) return ok(presentWithdrawal(cancelled))
    const now = await loadOwnPayout(ctx.db, ctx.actor.userId, params.id)
    const after = now && transition(now.state, 'cancel')
    throw new Problem(after && 'refused' in after ? after.refused : 'concurrent_change')
  },
)

import { loadOwnPayout } from '#db/queries/payouts/load-payouts.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Withdrawal } from './payout-contract.ts'
import { presentWithdrawal } from './present-payout.ts'

export const getWithdrawal = operation(
  {
    id: 'getWithdrawal',
    method: 'get',
    path: '/earnings/withdrawals/{id}',
    tag: 'Earnings',
    summary: 'A withdrawal of mine, and how far it is',
    access: 'driver',
    limit: 'read',
    params: IdParams,
    replies: { 200: Withdrawal },
    errors: [],
  },
  async (ctx, { params }) => {
    const payout = await loadOwnPayout(ctx.db, ctx.actor.userId, params.id)
    if (!payout) throw new Problem('not_found')
    return ok(presentWithdrawal(payout))
  },
)

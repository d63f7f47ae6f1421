import { listOwnPayouts } from '#db/queries/payouts/load-payouts.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Withdrawal } from './payout-contract.ts'
import { presentWithdrawal } from './present-payout.ts'

export const listWithdrawals = operation(
  {
    id: 'listWithdrawals',
    method: 'get',
    path: '/earnings/withdrawals',
    tag: 'Earnings',
    summary: 'My withdrawals, the newest first',
    access: 'driver',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(Withdrawal) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const payouts = await listOwnPayouts(ctx.db, ctx.actor.userId, readPage(query))
    return ok(presentPage(payouts, query.limit, presentWithdrawal))
  },
)

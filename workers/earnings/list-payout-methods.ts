import { listPayoutMethods as load } from '#db/queries/payouts/methods.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { PayoutMethod } from './payout-contract.ts'
import { presentMethod } from './present-payout.ts'

export const listPayoutMethods = operation(
  {
    id: 'listPayoutMethods',
    method: 'get',
    path: '/earnings/payout-methods',
    tag: 'Earnings',
    summary: 'Where I can be paid, the newest first',
    access: 'driver',
    limit: 'read',
    replies: { 200: listOf(PayoutMethod) },
    errors: [],
  },
  async (ctx) => {
    const methods = await load(ctx.db, ctx.actor.userId)
    return ok({ items: methods.map(presentMethod), nextCursor: null })
  },
)

import { removePayoutMethod as remove } from '#db/queries/payouts/methods.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const removePayoutMethod = operation(
  {
    id: 'removePayoutMethod',
    method: 'delete',
    path: '/earnings/payout-methods/{id}',
    tag: 'Earnings',
    summary: 'Be paid there no more; what is on its way still arrives',
    access: 'driver',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const removed = await remove(ctx.db, { id: params.id, driverId: ctx.actor.userId }, new Date(ctx.now))
    if (!removed) throw new Problem('not_found')
    return noContent()
  },
)

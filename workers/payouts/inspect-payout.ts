import { inspectPayout as inspect } from '#db/queries/payouts/load-payouts.ts'
import { Problem } from '#packages/errors/problem.ts'
import { openDestination } from '#packages/payouts/destination.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { InspectedPayout } from './contract.ts'
import { presentPayout } from './present.ts'

export const inspectPayout = operation(
  {
    id: 'inspectPayout',
    method: 'get',
    path: '/admin/payouts/{id}',
    tag: 'Admin',
    summary: 'A payout with where it goes in full; that it was read is on record',
    access: 'finance',
    limit: 'read',
    params: IdParams,
    replies: { 200: InspectedPayout },
    errors: [],
  },
  async (ctx, { params }) => {
    const payout = await inspect(ctx.db, params.id, ctx.actor.userId, new Date(ctx.now))
    if (!payout) throw new Problem('not_found')
    const { detailsSealed, driver, method } = payout
    const destination =
      detailsSealed === null ? null : await openDestination(ctx.keys.payoutDetails, detailsSealed, method.id)
    if (destination === undefined)
      throw new Problem('internal', { cause: new Error('Payout details do not open with our key') })
    return ok({ ...presentPayout(payout), driver, destination })
  },
)

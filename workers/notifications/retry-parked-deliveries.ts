import { retryDeliveries } from '#db/queries/notifications/parked-deliveries.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const retryParkedDeliveries = operation(
  {
    id: 'retryParkedDeliveries',
    method: 'post',
    path: '/admin/deliveries/{id}/retry',
    tag: 'Admin',
    summary: 'Send a notification again in the ways that were given up, as long as it matters',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const again = await retryDeliveries(ctx.db, { id: params.id, actorId: ctx.actor.userId }, new Date(ctx.now))
    if (!again) throw new Problem('not_found')
    return noContent()
  },
)

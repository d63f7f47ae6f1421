import { retryEvent } from '#db/queries/outbox/parked-events.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const retryParkedEvent = operation(
  {
    id: 'retryParkedEvent',
    method: 'post',
    path: '/admin/events/{id}/retry',
    tag: 'Admin',
    summary: 'Deliver an event again that was given up',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const again = await retryEvent(ctx.db, { id: params.id, actorId: ctx.actor.userId }, new Date(ctx.now))
    if (!again) throw new Problem('not_found')
    return noContent()
  },
)

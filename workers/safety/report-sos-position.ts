import { z } from '@hono/zod-openapi'
import { moveSos } from '#db/queries/sos/change-sos.ts'
import { refusalsOf } from '#packages/sos/transition.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, InstantInput, Position } from '../http/shapes.ts'
import { SosAlert } from './contract.ts'
import { explainSos } from './explain-sos.ts'
import { presentSos } from './present-sos.ts'

const SosPosition = z
  .strictObject({
    ...Position.shape,
    at: InstantInput.optional().openapi({ description: 'The device’s time of the fix; absent: now' }),
  })
  .openapi('SosPosition')

export const reportSosPosition = operation(
  {
    id: 'reportSosPosition',
    method: 'put',
    path: '/safety/sos/{id}/position',
    tag: 'Safety',
    summary: 'Where I am while my alert is open; a position older than the known one changes nothing',
    access: 'user',
    limit: 'location',
    vital: true,
    params: IdParams,
    body: SosPosition,
    replies: { 200: SosAlert },
    errors: [...refusalsOf('locate'), 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const { at, ...position } = body
    const { userId } = ctx.actor
    // A clock that is ahead would make every later position look old.
    const taken = new Date(Math.min(ctx.now, at?.getTime() ?? ctx.now))
    const alert = await moveSos(ctx.db, { alertId: params.id, userId, position, at: taken })
    if (!alert) throw await explainSos(ctx, params.id, 'locate', userId)
    return ok(await presentSos(alert, ctx))
  },
)

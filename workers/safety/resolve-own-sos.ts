import { z } from '@hono/zod-openapi'
import { resolveOwnSos as resolve } from '#db/queries/sos/change-sos.ts'
import { refusalsOf } from '#packages/sos/transition.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { SosAlert } from './contract.ts'
import { explainSos } from './explain-sos.ts'
import { presentSos } from './present-sos.ts'

export const resolveOwnSos = operation(
  {
    id: 'resolveOwnSos',
    method: 'post',
    path: '/safety/sos/{id}/resolve',
    tag: 'Safety',
    summary: 'I need no help any more, and why; my trusted contacts are told',
    access: 'user',
    limit: 'sos',
    vital: true,
    announces: true,
    params: IdParams,
    body: z
      .strictObject({ reason: line(MAX_REASON_LENGTH).openapi({ example: 'false alarm' }) })
      .openapi('SosResolution'),
    replies: { 200: SosAlert },
    errors: [...refusalsOf('resolve'), 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const { userId } = ctx.actor
    const change = { alertId: params.id, actorId: userId, reason: body.reason }
    const alert = await resolve(ctx.db, change, new Date(ctx.now))
    if (!alert) throw await explainSos(ctx, params.id, 'resolve', userId)
    return ok(await presentSos(alert, ctx))
  },
)

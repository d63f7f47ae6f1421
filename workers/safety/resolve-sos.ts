import { z } from '@hono/zod-openapi'
import { resolveSos as resolve } from '#db/queries/sos/change-sos.ts'
import { refusalsOf } from '#packages/sos/transition.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { StaffSosAlert } from './contract.ts'
import { explainSos } from './explain-sos.ts'
import { presentStaffSos } from './present-sos.ts'

export const resolveSos = operation(
  {
    id: 'resolveSos',
    method: 'post',
    path: '/admin/sos/{id}/resolve',
    tag: 'Admin',
    summary:
      'End an alert, and say how it went; who raised it and their trusted contacts are told that it is over',
    access: 'operator',
    limit: 'sos',
    vital: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('StaffSosResolution'),
    replies: { 200: StaffSosAlert },
    errors: [...refusalsOf('resolve'), 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const change = { alertId: params.id, actorId: ctx.actor.userId, reason: body.reason }
    const alert = await resolve(ctx.db, change, new Date(ctx.now))
    if (!alert) throw await explainSos(ctx, params.id, 'resolve')
    return ok(presentStaffSos(alert))
  },
)

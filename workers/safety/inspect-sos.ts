import { inspectSos as loadInspected } from '#db/queries/sos/load-sos.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { InspectedSosAlert } from './contract.ts'
import { presentInspectedSos } from './present-sos.ts'

export const inspectSos = operation(
  {
    id: 'inspectSos',
    method: 'get',
    path: '/admin/sos/{id}',
    tag: 'Admin',
    summary: 'An alert with whom to call and what it went through; that it was looked at is on record',
    access: 'operator',
    limit: 'read',
    vital: true,
    params: IdParams,
    replies: { 200: InspectedSosAlert },
    errors: [],
  },
  async (ctx, { params }) => {
    const who = { alertId: params.id, actorId: ctx.actor.userId }
    const alert = await loadInspected(ctx.db, who, new Date(ctx.now))
    if (!alert) throw new Problem('not_found')
    return ok(presentInspectedSos(alert))
  },
)

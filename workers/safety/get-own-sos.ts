import { loadOwnSos } from '#db/queries/sos/load-sos.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { SosAlert } from './contract.ts'
import { presentSos } from './present-sos.ts'

export const getOwnSos = operation(
  {
    id: 'getOwnSos',
    method: 'get',
    path: '/safety/sos/{id}',
    tag: 'Safety',
    summary: 'An alert of mine',
    access: 'user',
    limit: 'read',
    vital: true,
    params: IdParams,
    replies: { 200: SosAlert },
    errors: [],
  },
  async (ctx, { params }) => {
    const alert = await loadOwnSos(ctx.db, params.id, ctx.actor.userId)
    if (!alert) throw new Problem('not_found')
    return ok(await presentSos(alert, ctx))
  },
)

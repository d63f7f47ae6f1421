import { loadRoute } from '#db/queries/routes/load-route.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRoute } from './present.ts'
import { Route } from './route-contract.ts'

export const getRoute = operation(
  {
    id: 'getRoute',
    method: 'get',
    path: '/routes/{id}',
    tag: 'Routes',
    summary: 'A published route',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Route },
    errors: [],
  },
  async (ctx, { params }) => {
    const route = await loadRoute(ctx.db, params.id)
    if (!route) throw new Problem('not_found')
    return ok(presentRoute(route, ctx.now))
  },
)

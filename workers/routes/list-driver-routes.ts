import { listRoutes } from '#db/queries/routes/load-route.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Route } from './contract.ts'
import { presentRoute } from './present.ts'

export const listDriverRoutes = operation(
  {
    id: 'listDriverRoutes',
    method: 'get',
    path: '/routes/driver/{id}',
    tag: 'Routes',
    summary: "A driver's published routes, newest first",
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: PageQuery,
    replies: { 200: listOf(Route) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    const routes = await listRoutes(ctx.db, params.id, readPage(query))
    return ok(presentPage(routes, query.limit, presentRoute))
  },
)

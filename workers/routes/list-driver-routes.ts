import { listRoutes } from '#db/queries/routes/load-route.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'
import { presentRoute } from './present.ts'
import { Route } from './route-contract.ts'

export const listDriverRoutes = operation(
  {
    id: 'listDriverRoutes',
    method: 'get',
    path: '/routes/driver/{userId}',
    tag: 'Routes',
    summary: "A driver's open routes, newest first; of one's own, also those that are over",
    access: 'user',
    limit: 'read',
    params: UserParams,
    query: PageQuery,
    replies: { 200: listOf(Route) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    const page = { driverId: params.userId, viewerId: ctx.actor.userId, ...readPage(query) }
    const routes = await listRoutes(ctx.db, page, new Date(ctx.now))
    return ok(presentPage(routes, query.limit, (route) => presentRoute(route, ctx.now)))
  },
)

import { archiveRoute } from '#db/queries/routes/archive-route.ts'
import { loadRoute } from '#db/queries/routes/load-route.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteRoute = operation(
  {
    id: 'deleteRoute',
    method: 'delete',
    path: '/routes/{id}',
    tag: 'Routes',
    summary: 'Take my route back and cancel the rides it has ahead; not while passengers rely on one',
    access: 'driver',
    limit: 'write',
    announces: true,
    params: IdParams,
    replies: { 204: null },
    errors: ['route_in_use'],
  },
  async (ctx, { params }) => {
    const mine = { id: params.id, driverId: ctx.actor.userId }
    if (await archiveRoute(ctx.db, mine, new Date(ctx.now))) return noContent()
    const route = await loadRoute(ctx.db, mine.id)
    if (route?.driverId !== mine.driverId) throw new Problem('not_found')
    throw new Problem('route_in_use', { detail: 'Complete or cancel its rides that have passengers first' })
  },
)

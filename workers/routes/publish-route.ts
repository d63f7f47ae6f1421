import { loadRoute } from '#db/queries/routes/load-route.ts'
import { publishRoutes } from '#db/queries/routes/publish-routes.ts'
import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { checkStops } from '#packages/routes/check-stops.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { notYourVehicle, requirePapers } from '../http/require-papers.ts'
import { departuresOf } from './departures.ts'
import { draftRoutes, stopsBack } from './draft-route.ts'
import { presentRoute } from './present.ts'
import { requirePayable } from './require-payable.ts'
import { requireWoman } from './require-woman.ts'
import { NewRoute, Route } from './route-contract.ts'

export const publishRoute = operation(
  {
    id: 'publishRoute',
    method: 'post',
    path: '/routes',
    tag: 'Routes',
    summary: 'Publish a route with its ride, or with its rides of every week; and the way back with it',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewRoute,
    replies: { 201: Route },
    errors: [
      'vehicle_required',
      'documents_required',
      'women_only_driver',
      'online_payment_unavailable',
      'concurrent_change',
      'seats_above_capacity',
      'price_above_cap',
      'departure_out_of_range',
      'ride_overlap',
    ],
  },
  async (ctx, { body }) => {
    const { vehicleId, seats } = body
    departuresOf(body, ctx.now)
    checkStops(body.stops)
    if (body.return) {
      departuresOf(body.return, ctx.now, 'return.')
      checkStops(stopsBack(body), 'return.stops')
    }
    if (body.womenOnly) await requireWoman(ctx)
    requirePayable(ctx, body.cashAccepted)
    const papers = await requirePapers(ctx, vehicleId)

    const routes = await draftRoutes(ctx, body)
    const publication = { driverId: ctx.actor.userId, vehicleId, papers, routes }
    const published = await publishRoutes(ctx.db, publication, new Date(ctx.now))
    if (!published) throw await whyNot(ctx, vehicleId, seats)
    ctx.defer(ctx.alertOfRoutes(routes.map(({ id }) => id)))
    const route = await loadRoute(ctx.db, published.id)
    if (!route) throw new Problem('internal')
    return created(presentRoute(route, ctx.now))
  },
)

async function whyNot(ctx: Ctx, vehicleId: string, seats: number): Promise<Problem> {
  const vehicle = await loadVehicle(ctx.db, ctx.actor.userId, vehicleId)
  if (!vehicle) return notYourVehicle()
  return vehicle.seats < seats
    ? fieldProblem('seats_above_capacity', 'seats', 'The vehicle has fewer seats')
    : new Problem('concurrent_change')
}

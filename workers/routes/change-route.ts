import type { z } from '@hono/zod-openapi'
import {
  type RouteChange as Change,
  changeRoute as change,
  inspectChange,
} from '#db/queries/routes/change-route.ts'
import { loadRoute } from '#db/queries/routes/load-route.ts'
import type { RouteRow } from '#db/queries/routes/route-view.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { notYourVehicle, requirePapers } from '../http/require-papers.ts'
import { IdParams } from '../http/shapes.ts'
import { draftChange } from './draft-change.ts'
import { presentRoute } from './present.ts'
import { requirePayable } from './require-payable.ts'
import { requireWoman } from './require-woman.ts'
import { Route, RouteChange } from './route-contract.ts'

export const changeRoute = operation(
  {
    id: 'changeRoute',
    method: 'put',
    path: '/routes/{id}',
    tag: 'Routes',
    summary: 'Change my route; fields that are left out stay. Who has booked keeps their fare, seats and time',
    access: 'driver',
    limit: 'write',
    announces: true,
    params: IdParams,
    body: RouteChange,
    replies: { 200: Route },
    errors: [
      'route_in_use',
      'seats_promised',
      'vehicle_required',
      'documents_required',
      'women_only_driver',
      'online_payment_unavailable',
      'seats_above_capacity',
      'price_above_cap',
      'departure_out_of_range',
      'ride_overlap',
      'concurrent_change',
    ],
  },
  async (ctx, { params, body }) => {
    const route = await loadRoute(ctx.db, params.id)
    if (route?.driverId !== ctx.actor.userId) throw new Problem('not_found')
    const papers = await checkRights(ctx, route, body)
    const draft = { ...(await draftChange(ctx, route, body)), papers }
    if (!(await change(ctx.db, draft, new Date(ctx.now)))) throw await whyNot(ctx, draft)
    ctx.defer(ctx.alertOfRoutes([draft.id]))
    const changed = await loadRoute(ctx.db, params.id)
    if (!changed) throw new Problem('not_found')
    return ok(presentRoute(changed, ctx.now))
  },
)

/** What the change makes has to be something that the driver could publish. Returns the papers on which it rests. */
async function checkRights(ctx: Ctx, route: RouteRow, body: z.output<typeof RouteChange>): Promise<string[]> {
  if (body.womenOnly && !route.womenOnly) await requireWoman(ctx)
  requirePayable(ctx, body.cashAccepted ?? true)
  const offersNewRides = body.vehicleId !== undefined || body.stops !== undefined || body.schedule !== undefined
  return offersNewRides ? requirePapers(ctx, body.vehicleId ?? route.vehicleId) : []
}

async function whyNot(ctx: Ctx, draft: Change): Promise<Problem> {
  const { id, seats, changes } = draft
  const route = await loadRoute(ctx.db, id)
  if (!route) return new Problem('not_found')
  if (route.updatedAt?.getTime() !== draft.version?.getTime()) return new Problem('concurrent_change')
  const found = await inspectChange(ctx.db, draft, new Date(ctx.now))
  if (!found) return new Problem('internal')
  const { vehicleSeats } = found
  if (vehicleSeats === null) return notYourVehicle()
  if (vehicleSeats < seats) return fieldProblem('seats_above_capacity', 'seats', 'The vehicle has fewer seats')
  if (changes.seats && found.sold > seats)
    return fieldProblem('seats_promised', 'seats', `${found.sold} are sold on a ride ahead`)
  if (draft.way && found.wasWanted)
    return inUse(
      'stops',
      'Somebody booked along these stops: publish a new route, and delete this one when it is free',
    )
  if (changes.womenOnly && found.inUse) return inUse('womenOnly', 'Passengers booked it as it is')
  return new Problem('concurrent_change')
}

const inUse = (field: string, message: string) => fieldProblem('route_in_use', field, message)

import { loadRoute } from '#db/queries/routes/load-route.ts'
import { publishRoute as insertRoute } from '#db/queries/routes/publish-route.ts'
import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { highestPrice } from '#packages/fares/highest-price.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { planRoute } from '#packages/routes/plan-route.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewRoute, Route } from './contract.ts'
import { presentRoute } from './present.ts'

/** A ride is published at least this long before it departs, so that somebody can find it. */
const MIN_NOTICE_MS = 10 * 60_000
const MAX_NOTICE_MS = 180 * 24 * 3600_000

export const publishRoute = operation(
  {
    id: 'publishRoute',
    method: 'post',
    path: '/routes',
    tag: 'Routes',
    summary: 'Publish a route and its ride',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewRoute,
    replies: { 201: Route },
    errors: [
      'vehicle_required',
      'seats_above_capacity',
      'price_above_cap',
      'departure_out_of_range',
      'ride_overlap',
    ],
  },
  async (ctx, { body }) => {
    const { vehicleId, seats, bookingMode, departsAt, notes = null, pricePerSeat } = body
    checkNotice(departsAt.getTime() - ctx.now)
    const { metres, seconds, ...plan } = planRoute(body.stops)
    checkPrice(pricePerSeat.amount, highestPrice(metres, seats))

    const published = await insertRoute(
      ctx.db,
      {
        ...plan,
        ...{ id: uuidv7(ctx.now), driverId: ctx.actor.userId, vehicleId, seats, bookingMode, notes },
        ...{ pricePerSeat: pricePerSeat.amount, currency: pricePerSeat.currency },
        ride: { id: uuidv7(ctx.now), departsAt, arrivesAt: new Date(departsAt.getTime() + seconds * 1000) },
      },
      new Date(ctx.now),
    )
    if (!published) throw await whyNot(ctx, vehicleId)
    const route = await loadRoute(ctx.db, published.id)
    if (!route) throw new Problem('internal')
    return created(presentRoute(route))
  },
)

function checkNotice(notice: number): void {
  if (notice >= MIN_NOTICE_MS && notice <= MAX_NOTICE_MS) return
  throw fieldProblem('departure_out_of_range', 'departsAt', 'Between 10 minutes and 180 days from now')
}

function checkPrice(price: number, cap: number): void {
  if (price <= cap) return
  throw fieldProblem('price_above_cap', 'pricePerSeat.amount', `At most ${cap} for this route and these seats`)
}

async function whyNot(ctx: Ctx, vehicleId: string): Promise<Problem> {
  return (await loadVehicle(ctx.db, ctx.actor.userId, vehicleId))
    ? fieldProblem('seats_above_capacity', 'seats', 'The vehicle has fewer seats')
    : fieldProblem('vehicle_required', 'vehicleId', 'Not a vehicle of yours')
}

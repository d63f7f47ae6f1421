import type { z } from '@hono/zod-openapi'
import type { NewRoute as Draft } from '#db/queries/routes/publish-routes.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { highestPrice } from '#packages/fares/highest-price.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { planRides } from '#packages/routes/plan-rides.ts'
import { type PlannedRoute, planRoute } from '#packages/routes/plan-route.ts'
import type { Ctx } from '../context.ts'
import { departuresOf } from './departures.ts'
import type { NewRoute } from './route-contract.ts'

export type Stops = z.output<typeof NewRoute>['stops']

/** The way through stops that were checked. */
export async function planWay(ctx: Ctx, stops: Stops): Promise<PlannedRoute> {
  return planRoute(stops, await ctx.roads.drive(stops.map((stop) => stop.position)))
}

export function checkPrice(price: number, cap: number, field = 'pricePerSeat.amount'): void {
  if (price <= cap) return
  throw fieldProblem('price_above_cap', field, `At most ${cap} for this route and these seats`)
}

/** The stops of the way back. */
export function stopsBack({ stops, return: back }: z.output<typeof NewRoute>): Stops {
  return back?.stops ?? stops.toReversed()
}

/** The route and, where it was asked for, the way back, with their first rides, ready to be published. */
export async function draftRoutes(ctx: Ctx, given: z.output<typeof NewRoute>): Promise<[Draft, ...Draft[]]> {
  const { return: back, stops, pricePerSeat, seats } = given
  const [wayThere, wayBack] = await Promise.all([
    planWay(ctx, stops),
    back ? planWay(ctx, stopsBack(given)) : undefined,
  ])
  checkPrice(pricePerSeat.amount, highestPrice(wayThere.metres, seats))
  const there = draft(ctx.now, given, wayThere, given)
  if (!back || !wayBack) return [there]
  const cap = highestPrice(wayBack.metres, seats)
  if (back.pricePerSeat) checkPrice(back.pricePerSeat.amount, cap, 'return.pricePerSeat.amount')
  const amount = back.pricePerSeat?.amount ?? Math.min(pricePerSeat.amount, cap)
  return [there, { ...draft(ctx.now, given, wayBack, back), pricePerSeat: amount, returnOf: there.id }]
}

function draft(
  now: number,
  given: z.output<typeof NewRoute>,
  { metres: _metres, seconds: _seconds, ...way }: PlannedRoute,
  when: Pick<z.output<typeof NewRoute>, 'departsAt' | 'schedule'>,
): Draft {
  const { seats, bookingMode, luggage, womenOnly, cashAccepted, detourSeconds, pricePerSeat } = given
  return {
    ...{
      ...way,
      id: uuidv7(now),
      seats,
      bookingMode,
      luggage,
      womenOnly,
      cashAccepted,
      detourSeconds,
      returnOf: null,
    },
    ...{ amenities: given.amenities ?? null, notes: given.notes ?? null, schedule: when.schedule ?? null },
    ...{ pricePerSeat: pricePerSeat.amount, currency: pricePerSeat.currency },
    rides: planRides(way, departuresOf(when, now), now),
  }
}

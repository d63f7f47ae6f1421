import type { z } from '@hono/zod-openapi'
import type { RouteChange as Change } from '#db/queries/routes/change-route.ts'
import type { RouteRow } from '#db/queries/routes/route-view.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { highestPrice } from '#packages/fares/highest-price.ts'
import { checkStops } from '#packages/routes/check-stops.ts'
import { MIN_NOTICE_MS } from '#packages/routes/notice.ts'
import { planRides } from '#packages/routes/plan-rides.ts'
import { departuresAhead } from '#packages/schedules/rides-ahead.ts'
import type { Ctx } from '../context.ts'
import { checkFirstDay } from './departures.ts'
import { checkPrice, planWay, type Stops } from './draft-route.ts'
import type { RouteChange } from './route-contract.ts'

type Given = z.output<typeof RouteChange>

/** The whole route as it is to be, with the rides that its way or its pattern then has ahead. */
export async function draftChange(ctx: Ctx, route: RouteRow, given: Given): Promise<Omit<Change, 'papers'>> {
  const { stops, schedule: pattern } = given
  if (pattern && !route.schedule)
    throw fieldProblem('invalid_fields', 'schedule', 'This is a single ride: publish a weekly route beside it')
  if (pattern) checkFirstDay(pattern, ctx.now, 'schedule')
  const moved = stops && !goesAsBefore(route, stops)
  if (moved) checkStops(stops)
  const planned = moved ? await planWay(ctx, stops) : null

  const offer = withGiven(route, given)
  const metres = planned?.metres ?? route.vertexMetres.at(-1) ?? 0
  if (planned || given.seats !== undefined || given.pricePerSeat)
    checkPrice(offer.pricePerSeat, highestPrice(metres, offer.seats))

  const named = route.stops.map((stop, index) => ({ ...stop, name: stops?.[index]?.name ?? stop.name }))
  const { polyline, vertexMetres, vertexSeconds } = planned ?? route
  const way = { polyline, vertexMetres, vertexSeconds, stops: planned?.stops ?? named }
  const schedule = pattern ?? route.schedule
  const vehicle = offer.vehicleId !== route.vehicleId
  return {
    ...{ ...offer, ...way, id: route.id, driverId: route.driverId, version: route.updatedAt, schedule },
    way: planned && { pathSource: planned.pathSource, pathWkt: planned.pathWkt },
    changes: {
      seats: vehicle || offer.seats !== route.seats,
      womenOnly: offer.womenOnly !== route.womenOnly,
      schedule: pattern !== undefined,
      vehicle,
    },
    rides: planned || pattern ? ridesAhead(route, way, schedule, ctx.now) : [],
  }
}

function withGiven(route: RouteRow, given: Given) {
  const { notes = route.notes, pricePerSeat } = given
  return {
    vehicleId: given.vehicleId ?? route.vehicleId,
    seats: given.seats ?? route.seats,
    bookingMode: given.bookingMode ?? route.bookingMode,
    luggage: given.luggage ?? route.luggage,
    womenOnly: given.womenOnly ?? route.womenOnly,
    cashAccepted: given.cashAccepted ?? route.cashAccepted,
    detourSeconds: given.detourSeconds ?? route.detourSeconds,
    amenities: given.amenities ?? route.amenities,
    pricePerSeat: pricePerSeat?.amount ?? route.pricePerSeat,
    notes,
  }
}

/** A single ride keeps its id and its departure. */
function ridesAhead(
  route: RouteRow,
  way: Parameters<typeof planRides>[0],
  schedule: Change['schedule'],
  now: number,
): Change['rides'] {
  if (schedule) return planRides(way, departuresAhead(schedule, now, MIN_NOTICE_MS), now)
  return route.rides
    .filter(({ status, departsAt }) => status === 'scheduled' && departsAt.getTime() > now)
    .flatMap(({ id, departsAt }) =>
      planRides(way, [{ day: null, departsAt: departsAt.getTime() }], now).map((ride) => ({ ...ride, id })),
    )
}

const goesAsBefore = (route: RouteRow, stops: Stops) =>
  stops.length === route.stops.length &&
  stops.every(({ position }, index) => {
    const stop = route.stops[index]
    return position.lat === stop?.lat && position.lng === stop.lng
  })

import type { z } from '@hono/zod-openapi'
import type { RouteRow } from '#db/queries/routes/route-view.ts'
import { paise } from '#packages/fares/money.ts'
import { MIN_NOTICE_MS } from '#packages/routes/notice.ts'
import { skippedDays } from '#packages/schedules/rides-ahead.ts'
import { presentRating } from '../http/rating.ts'
import type { Route } from './route-contract.ts'

/** @param now Unix milliseconds */
export function presentRoute(route: RouteRow, now: number): z.input<typeof Route> {
  const { id, vehicleId, polyline, pathSource, seats, bookingMode, notes, schedule } = route
  const { luggage, womenOnly, cashAccepted, detourSeconds, amenities, returnOf, returnRouteId } = route
  const rideDays = route.rides.map(({ scheduleDay }) => scheduleDay)
  return {
    ...{ id, vehicleId, path: polyline, pathSource, seats, bookingMode, notes },
    ...{ luggage, womenOnly, cashAccepted, detourSeconds, amenities, returnOf, returnRouteId, schedule },
    driver: { id: route.driverId, name: route.driverName, rating: presentRating(route.driverRating) },
    stops: route.stops.map(({ name, lat, lng, vertex }) => ({
      name,
      position: { lat, lng },
      distance: route.vertexMetres[vertex] ?? 0,
      duration: route.vertexSeconds[vertex] ?? 0,
    })),
    pricePerSeat: paise(route.pricePerSeat),
    skippedDays: schedule ? skippedDays(schedule, schedule.madeUntil, rideDays, now, MIN_NOTICE_MS) : [],
    rides: route.rides.map((ride) => ({ ...ride, departsAt: ride.departsAt.toISOString() })),
    createdAt: route.createdAt.toISOString(),
    updatedAt: route.updatedAt?.toISOString() ?? null,
  }
}

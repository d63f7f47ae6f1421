import type { z } from '@hono/zod-openapi'
import type { RouteRow } from '#db/queries/routes/load-route.ts'
import { paise } from '#packages/fares/money.ts'
import type { Route } from './contract.ts'

export function presentRoute(route: RouteRow): z.input<typeof Route> {
  const { id, vehicleId, polyline, pathSource, seats, bookingMode, notes } = route
  return {
    ...{ id, vehicleId, path: polyline, pathSource, seats, bookingMode, notes },
    driver: { id: route.driverId, name: route.driverName },
    stops: route.stops.map(({ name, lat, lng, vertex }) => ({
      name,
      position: { lat, lng },
      distance: route.vertexMetres[vertex] ?? 0,
      duration: route.vertexSeconds[vertex] ?? 0,
    })),
    pricePerSeat: paise(route.pricePerSeat),
    rides: route.rides.map((ride) => ({ ...ride, departsAt: ride.departsAt.toISOString() })),
    createdAt: route.createdAt.toISOString(),
  }
}

import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { BOOKING_MODES, PATH_SOURCES } from '#db/schema/index.ts'
import { rideStates } from '#packages/ride/transition.ts'

export const RouteRow = z.object({
  id: z.string(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  vehicleId: z.string(),
  seats: z.number(),
  pricePerSeat: z.number(),
  currency: z.string(),
  bookingMode: z.enum(BOOKING_MODES),
  notes: z.string().nullable(),
  pathSource: z.enum(PATH_SOURCES),
  polyline: z.string(),
  vertexMetres: z.array(z.number()),
  vertexSeconds: z.array(z.number()),
  stops: z.array(z.object({ name: z.string(), lat: z.number(), lng: z.number(), vertex: z.number() })),
  rides: z.array(z.object({ id: z.string(), departsAt: z.coerce.date(), status: z.enum(rideStates) })),
  createdAt: z.coerce.date(),
})
export type RouteRow = z.infer<typeof RouteRow>

const routeView = sql`select route.id, route.driver_id as "driverId", person.name as "driverName",
    route.vehicle_id as "vehicleId", route.seats, route.price_per_seat as "pricePerSeat", route.currency,
    route.booking_mode as "bookingMode", route.notes, route.path_source as "pathSource", route.polyline,
    route.vertex_metres as "vertexMetres", route.vertex_seconds as "vertexSeconds", route.created_at as "createdAt",
    (select jsonb_agg(jsonb_build_object('name', name, 'lat', lat, 'lng', lng, 'vertex', vertex) order by position)
      from route_stops where route_id = route.id) as stops,
    coalesce((select jsonb_agg(jsonb_build_object('id', id, 'departsAt', departs_at, 'status', status) order by departs_at)
      from rides where route_id = route.id), '[]') as rides
  from routes route join users person on person.id = route.driver_id`

/** A published route with its stops and rides. */
export function loadRoute(db: Db, id: string): Promise<RouteRow | undefined> {
  return readRow(db, sql`${routeView} where route.id = ${id} and route.archived_at is null`, RouteRow)
}

/** A driver's routes, newest first, older than `before`. */
export function listRoutes(
  db: Db,
  driverId: string,
  page: { before?: string | undefined; limit: number },
): Promise<RouteRow[]> {
  const older: SQL = page.before ? sql`and route.id < ${page.before}` : sql``
  return readRows(
    db,
    sql`${routeView} where route.driver_id = ${driverId} and route.archived_at is null ${older}
      order by route.id desc limit ${page.limit}`,
    RouteRow,
  )
}

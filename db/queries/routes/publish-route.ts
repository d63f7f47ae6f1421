import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import type { routes } from '#db/schema/index.ts'

type Route = typeof routes.$inferInsert

export interface NewRoute
  extends Pick<
    Route,
    'id' | 'driverId' | 'vehicleId' | 'seats' | 'pricePerSeat' | 'currency' | 'bookingMode' | 'pathSource'
  > {
  notes: string | null
  /** The path as WKT without SRID: `LINESTRING(lng lat, …)`. */
  pathWkt: string
  polyline: string
  vertexMetres: readonly number[]
  vertexSeconds: readonly number[]
  stops: readonly { name: string; lat: number; lng: number; vertex: number }[]
  ride: { id: string; departsAt: Date; arrivesAt: Date }
}

const intArray = (values: readonly number[]) => sql`${`{${values.join(',')}}`}::int[]`

/**
 * Publishes a route with its stops, its ride and the ride's legs, all or nothing.
 * Undefined: the vehicle is not the driver's, is gone, or has fewer seats. Violates `rides_driver_overlap`.
 */
export function publishRoute(db: Db, route: NewRoute, now: Date): Promise<{ id: string } | undefined> {
  const { ride } = route
  return readRow(
    db,
    sql`with route as (
        insert into routes (id, driver_id, vehicle_id, seats, price_per_seat, currency, booking_mode, notes, path,
          path_source, polyline, vertex_metres, vertex_seconds, created_at)
        select ${route.id}::uuid, vehicles.driver_id, vehicles.id, ${route.seats}::smallint, ${route.pricePerSeat}::int,
          ${route.currency}, ${route.bookingMode}, ${route.notes}::text,
          ST_GeogFromText(${`SRID=4326;${route.pathWkt}`}), ${route.pathSource}, ${route.polyline},
          ${intArray(route.vertexMetres)}, ${intArray(route.vertexSeconds)}, ${now}::timestamptz
        from vehicles
        where vehicles.id = ${route.vehicleId} and vehicles.driver_id = ${route.driverId}
          and vehicles.deleted_at is null and vehicles.seats >= ${route.seats}
        returning id, driver_id, vehicle_id, seats
      ), stops as (
        insert into route_stops (route_id, position, name, lat, lng, vertex)
        select route.id, stop.ordinality - 1, stop.name, stop.lat, stop.lng, stop.vertex
        from route, rows from (jsonb_to_recordset(${JSON.stringify(route.stops)}::jsonb)
          as (name text, lat float8, lng float8, vertex int)) with ordinality
          as stop (name, lat, lng, vertex, ordinality)
      ), ride as (
        insert into rides (id, route_id, driver_id, vehicle_id, departs_at, arrives_at, status, created_at)
        select ${ride.id}::uuid, id, driver_id, vehicle_id, ${ride.departsAt}::timestamptz,
          ${ride.arrivesAt}::timestamptz, 'scheduled', ${now}::timestamptz
        from route
        returning id
      ), legs as (
        insert into ride_legs (ride_id, leg, capacity)
        select ride.id, leg, route.seats from ride, route, generate_series(0, ${route.stops.length - 2}::int) leg
      )
      select id from route`,
    z.object({ id: z.string() }),
  )
}

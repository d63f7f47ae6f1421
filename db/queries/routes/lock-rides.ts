import { type SQL, sql } from 'drizzle-orm'

/**
 * One change of a route at a time, and none of its rides meanwhile: bookings that are being made are seen, and later ones see
 * the change. Taken after the locks of driver and vehicle, the route before its rides, these in the order of their ids.
 */
export function lockRides(routeId: string, driverId: string): SQL {
  return sql`with route as materialized (
      select id from routes where id = ${routeId} and driver_id = ${driverId} for no key update
    )
    select 1 from rides where route_id = (select id from route) and status in ('scheduled', 'started')
    order by id for no key update`
}

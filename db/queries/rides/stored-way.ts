import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

/** A route's way as it is stored: what rides are planned on and found by. */
export const StoredWayRow = z.object({
  polyline: z.string(),
  vertexMetres: z.array(z.number()),
  vertexSeconds: z.array(z.number()),
  stops: z.array(z.object({ name: z.string(), lat: z.number(), lng: z.number(), vertex: z.number() })),
})

/** The columns of a StoredWayRow, from a row of `routes` called `route`. */
export const wayColumns = sql`route.polyline, route.vertex_metres as "vertexMetres", route.vertex_seconds as "vertexSeconds",
  (select jsonb_agg(jsonb_build_object('name', name, 'lat', lat, 'lng', lng, 'vertex', vertex) order by position)
    from route_stops where route_id = route.id) as stops`

const RideWayRow = StoredWayRow.extend({ driverId: z.string(), status: z.string(), departsAt: z.coerce.date() })

/** A ride with the way it goes. */
export function loadRideWay(db: Db, id: string): Promise<z.infer<typeof RideWayRow> | undefined> {
  return readRow(
    db,
    sql`select ride.driver_id as "driverId", ride.status, ride.departs_at as "departsAt", ${wayColumns}
      from rides ride join routes route on route.id = ride.route_id where ride.id = ${id}`,
    RideWayRow,
  )
}

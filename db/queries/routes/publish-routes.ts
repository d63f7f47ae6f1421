import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '#db/client.ts'
import { holdPapers } from '#db/queries/documents/hold-papers.ts'
import { insertRides } from '#db/queries/rides/insert-rides.ts'
import { lockDriver } from '#db/queries/vehicles/vehicle-row.ts'
import type { routes, VEHICLE_FEATURES } from '#db/schema/index.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import type { PlannedRide, StoredWay } from '#packages/routes/plan-rides.ts'
import type { Pattern } from '#packages/schedules/pattern.ts'
import { lastDayAhead } from '#packages/schedules/rides-ahead.ts'
import { insertSchedules } from './insert-schedules.ts'

type Route = typeof routes.$inferInsert

export interface NewRoute
  extends StoredWay,
    Pick<Route, 'id' | 'seats' | 'pricePerSeat' | 'currency' | 'bookingMode' | 'pathSource'> {
  notes: string | null
  luggage: NonNullable<Route['luggage']>
  womenOnly: boolean
  cashAccepted: boolean
  detourSeconds: number
  /** Null: those of the vehicle. */
  amenities: readonly (typeof VEHICLE_FEATURES)[number][] | null
  /** The route that this one is the way back of. */
  returnOf: string | null
  /** The path as WKT without SRID: `LINESTRING(lng lat, …)`. */
  pathWkt: string
  stops: readonly { name: string; lat: number; lng: number; vertex: number }[]
  /** Null: its rides are single ones. */
  schedule: Pattern | null
  rides: readonly PlannedRide[]
}

export interface Publication {
  driverId: string
  vehicleId: string
  /** The ids of the documents that let the driver publish (`loadStanding`): all have to be valid still. */
  papers: readonly string[]
  /** The way there, and perhaps the way back. */
  routes: readonly [NewRoute, ...NewRoute[]]
}

const PublishedRow = z.object({ id: z.string() })

/**
 * Publishes routes with their stops, their patterns and their first rides, all or nothing; a day of a pattern on which the
 * driver drives already gets no ride. Returns the first one's id.
 * Undefined: the vehicle is not the driver's, is gone, or has fewer seats; one of the papers is valid no more; or it is for
 * women only, and the driver is none. Violates `rides_driver_overlap` with a single ride.
 */
export async function publishRoutes(
  db: Db,
  { driverId, vehicleId, papers, routes: offers }: Publication,
  now: Date,
): Promise<z.infer<typeof PublishedRow> | undefined> {
  const seats = Math.max(...offers.map((offer) => offer.seats))
  const womenOnly = offers.some((offer) => offer.womenOnly)
  const insert = sql`with driver as (
      ${lockDriver(driverId)}
    ), vehicle as (
      -- Whoever deletes it or takes seats out of it waits for this, or is seen by this.
      select vehicles.id, driver_id, features from driver, vehicles
      where vehicles.id = ${vehicleId} and driver_id = ${driverId} and deleted_at is null and seats >= ${seats}
        and (not ${womenOnly} or exists (select 1 from users where users.id = ${driverId} and gender = 'female'))
      for share of vehicles
    ), papers as (
      ${holdPapers(papers, sql`(select driver_id from vehicle)`, indianDay(now.getTime()))}
    ), offer as (
      select * from jsonb_to_recordset(${JSON.stringify(offers.map(routeFields))}::jsonb) as offer (id uuid, seats smallint,
        "pricePerSeat" int, currency text, "bookingMode" text, notes text, luggage text, "womenOnly" boolean,
        "cashAccepted" boolean, "detourSeconds" int, amenities text[], "returnOf" uuid, "pathWkt" text, "pathSource" text, polyline text,
        "vertexMetres" int[], "vertexSeconds" int[])
    ), route as (
      insert into routes (id, driver_id, vehicle_id, seats, price_per_seat, currency, booking_mode, notes, luggage,
        women_only, cash_accepted, detour_seconds, amenities, return_of, path, path_source, polyline, vertex_metres, vertex_seconds,
        created_at)
      select offer.id, vehicle.driver_id, vehicle.id, seats, "pricePerSeat", currency, "bookingMode", notes, luggage,
        "womenOnly", "cashAccepted", "detourSeconds", coalesce(amenities, vehicle.features), "returnOf",
        ST_GeogFromText('SRID=4326;' || "pathWkt"), "pathSource", polyline, "vertexMetres", "vertexSeconds",
        ${now}::timestamptz
      from vehicle, offer
      -- Asked for each vehicle, so that the vehicle is locked before its papers are.
      where (select count(*) from papers where vehicle.id is not null) = ${papers.length}
      returning id
    ), stops as (
      insert into route_stops (route_id, position, name, lat, lng, vertex)
      select stop."routeId", stop.position, stop.name, stop.lat, stop.lng, stop.vertex
      from route join jsonb_to_recordset(${JSON.stringify(offers.flatMap(stopFields))}::jsonb) as stop ("routeId" uuid,
        position smallint, name text, lat float8, lng float8, vertex int) on stop."routeId" = route.id
    ), ${insertSchedules(offers, lastDayAhead(now.getTime()))}
    select id from route where id = ${offers[0].id}`
  const rides = offers.flatMap((offer) =>
    offer.rides.map((ride) => ({ ...ride, routeId: offer.id, routeVersion: null })),
  )
  const single = rides.filter((ride) => ride.scheduleDay === null)
  const [, { rows }] = await db.batch([
    // Who is driver of a ride for women stays a woman: a change of the profile that this waited for is seen.
    db.execute(lockDriver(driverId)),
    db.execute(insert),
    db.execute(insertRides(single, now, { overlap: 'refuse' })),
    db.execute(
      insertRides(
        rides.filter((ride) => !single.includes(ride)),
        now,
        { overlap: 'skip' },
      ),
    ),
  ])
  return rows.map((row) => PublishedRow.parse(row))[0]
}

function routeFields({ stops: _stops, schedule: _schedule, rides: _rides, ...fields }: NewRoute) {
  return fields
}

function stopFields({ id, stops }: NewRoute) {
  return stops.map((stop, position) => ({ ...stop, routeId: id, position }))
}

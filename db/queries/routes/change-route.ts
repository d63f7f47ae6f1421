import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { textArray } from '#db/lists.ts'
import { holdPapers } from '#db/queries/documents/hold-papers.ts'
import { hasPassengers, wasWanted } from '#db/queries/rides/holds-seats.ts'
import { insertRides } from '#db/queries/rides/insert-rides.ts'
import { lockDriverAndVehicle } from '#db/queries/vehicles/vehicle-row.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { lastDayAhead } from '#packages/schedules/rides-ahead.ts'
import { changeRidesOfRoute } from './change-rides-of-route.ts'
import { dropAllRides, dropRides } from './drop-rides.ts'
import { lockRides } from './lock-rides.ts'
import type { NewRoute } from './publish-routes.ts'
import { replaceSchedule, replaceStops } from './replace-stops.ts'

export interface RouteChange
  extends Omit<NewRoute, 'currency' | 'returnOf' | 'amenities' | 'pathSource' | 'pathWkt' | 'rides'> {
  driverId: string
  vehicleId: string
  amenities: NonNullable<NewRoute['amenities']>
  /** When the route that the change was made of had last been changed: a change of another one is none. */
  version: Date | null
  papers: readonly string[]
  /** The new way, where that changes; its rides are made again. */
  way: Pick<NewRoute, 'pathSource' | 'pathWkt'> | null
  /** What else changes, beside what is written in any case. */
  changes: { seats: boolean; vehicle: boolean; womenOnly: boolean; schedule: boolean }
  /** The rides that a changed way or pattern has ahead. */
  rides: NewRoute['rides']
}

const ChangedRow = z.object({ id: z.string() })

/**
 * Changes a route and its rides ahead, all or nothing. With seats sold: the fare of a booking stays; a ride with passengers
 * keeps its vehicle, its departure and its place in the pattern.
 * Undefined: `inspectChange` says why. Violates `rides_driver_overlap` where a single ride gets longer.
 */
export async function changeRoute(
  db: Db,
  change: RouteChange,
  now: Date,
): Promise<z.infer<typeof ChangedRow> | undefined> {
  const { id, driverId, rides, changes, way } = change
  const renews = way !== null || changes.schedule
  const dropped = way ? dropAllRides(id, now) : dropRides(id, rides, now)
  const planned = rides.map((ride) => ({ ...ride, routeId: id, routeVersion: now }))
  const [, , { rows }] = await db.batch([
    db.execute(lockDriverAndVehicle(driverId, change.vehicleId)),
    db.execute(lockRides(id, driverId)),
    db.execute(write(change, now)),
    ...(renews ? [db.execute(dropped)] : []),
    ...(renews
      ? [db.execute(insertRides(planned, now, { overlap: change.schedule ? 'skip' : 'refuse' }))]
      : []),
  ])
  return rows.map((row) => ChangedRow.parse(row))[0]
}

function write(change: RouteChange, now: Date): SQL {
  const { id, driverId, vehicleId, papers, version, changes, way } = change
  const path = way
    ? sql`path = ST_GeogFromText(${`SRID=4326;${way.pathWkt}`}), path_source = ${way.pathSource},
        polyline = ${change.polyline}, vertex_metres = ${intArray(change.vertexMetres)},
        vertex_seconds = ${intArray(change.vertexSeconds)},`
    : sql``
  return sql`with vehicle as (
      select id, driver_id, seat_map_version, seats, colour, make, model from vehicles
      where id = ${vehicleId} and driver_id = ${driverId} and deleted_at is null and seats >= ${change.seats}
        and (not ${changes.womenOnly && change.womenOnly}
          or exists (select 1 from users where users.id = ${driverId} and gender = 'female'))
    ), papers as (
      ${holdPapers(papers, sql`(select driver_id from vehicle)`, indianDay(now.getTime()))}
    ), former as (
      select * from routes where id = ${id}
    ), route as (
      update routes set ${path} vehicle_id = vehicle.id, seats = ${change.seats}::smallint,
        price_per_seat = ${change.pricePerSeat}::int, booking_mode = ${change.bookingMode}, notes = ${change.notes}::text,
        luggage = ${change.luggage}, women_only = ${change.womenOnly}, cash_accepted = ${change.cashAccepted}, detour_seconds = ${change.detourSeconds}::int,
        amenities = ${textArray(change.amenities)}, updated_at = ${now}
      from vehicle
      where routes.id = ${id} and routes.driver_id = vehicle.driver_id and archived_at is null
        and routes.updated_at is not distinct from ${version}::timestamptz
        and (select count(*) from papers where vehicle.id is not null) = ${papers.length}
        and ${holds(change, now)}
      returning routes.*
    ), ${replaceStops(change)}, ${changes.schedule || way ? replaceSchedule(change, lastDayAhead(now.getTime())) : sql`schedules as (select 1)`},
    ${changeRidesOfRoute(changes, now)}
    select id from route`
}

/** The condition under which the change breaks no promise. */
function holds({ id, seats, changes, way }: RouteChange, now: Date): SQL {
  const ride = sql`select 1 from rides ride`
  const conditions = [
    changes.seats &&
      sql`not exists (${ride} join ride_legs leg on leg.ride_id = ride.id
        where ride.route_id = ${id} and ride.status = 'scheduled' and leg.taken > ${seats})`,
    changes.womenOnly &&
      sql`not exists (${ride} where ride.route_id = ${id} and ride.status in ('scheduled', 'started')
        and ${hasPassengers('ride', now)})`,
    way &&
      sql`not exists (${ride} where ride.route_id = ${id}
        and (ride.status in ('started', 'completed') or ${wasWanted('ride')}))`,
  ].filter((condition) => condition !== false && condition !== null)
  return sql.join([sql`true`, ...conditions], sql` and `)
}

const intArray = (values: readonly number[]) => sql`${`{${values.join(',')}}`}::int[]`

const InspectionRow = z.object({
  /** Somebody has seats on a ride that is not over. */
  inUse: z.boolean(),
  /** Somebody ever wanted a ride, or one was driven. */
  wasWanted: z.boolean(),
  /** The most seats that are sold on a leg of a ride ahead. */
  sold: z.coerce.number(),
  /** How many the vehicle has. Null: it is not the driver's, or gone. */
  vehicleSeats: z.number().nullable(),
})

/** What tells why a route was not changed. */
export function inspectChange(
  db: Db,
  { id, driverId, vehicleId }: { id: string; driverId: string; vehicleId: string },
  now: Date,
): Promise<z.infer<typeof InspectionRow> | undefined> {
  return readRow(
    db,
    sql`select
      coalesce(bool_or(ride.status in ('scheduled', 'started') and ${hasPassengers('ride', now)}), false) as "inUse",
      coalesce(bool_or(ride.status in ('started', 'completed') or ${wasWanted('ride')}), false) as "wasWanted",
      coalesce(max((select max(taken) from ride_legs where ride_id = ride.id and ride.status = 'scheduled')), 0) as sold,
      (select seats from vehicles where id = ${vehicleId} and driver_id = ${driverId} and deleted_at is null) as "vehicleSeats"
    from rides ride where ride.route_id = ${id}`,
    InspectionRow,
  )
}

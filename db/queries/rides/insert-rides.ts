import { type SQL, sql } from 'drizzle-orm'
import type { PlannedRide } from '#packages/routes/plan-rides.ts'

export interface NewRide extends PlannedRide {
  routeId: string
  /** When the route that the ride was planned for had last been changed; of another state of it no ride is made. */
  routeVersion: Date | null
}

export interface InsertOptions {
  /** What becomes of a ride at a time when its driver drives another: an error (`rides_driver_overlap`), or nothing. */
  overlap: 'refuse' | 'skip'
  /** A further condition on the row `route`. */
  only?: SQL
}

/**
 * The statement that makes rides, with their legs and their place in the search: the only one that does. Their driver's row is
 * locked (`lockDriver`), since rides of one driver that are made at once wait for each other. Returns their ids.
 */
export function insertRides(
  rides: readonly NewRide[],
  now: Date,
  { overlap, only = sql`true` }: InsertOptions,
): SQL {
  const skip = overlap === 'skip' ? sql`on conflict do nothing` : sql``
  return sql`with run as (
      select * from jsonb_to_recordset(${JSON.stringify(rides)}::jsonb) as run (id uuid, "routeId" uuid,
        "routeVersion" timestamptz, "scheduleDay" date, "departsAt" timestamptz, "arrivesAt" timestamptz, keys bigint[])
    ), offer as (
      select run.*, route.driver_id, route.vehicle_id, vehicle.seat_map_version, least(route.seats, vehicle.seats) as seats
      from run
      join routes route on route.id = run."routeId" and route.archived_at is null
        and route.updated_at is not distinct from run."routeVersion"
      join vehicles vehicle on vehicle.id = route.vehicle_id and vehicle.deleted_at is null
      where ${only}
    ), ride as (
      insert into rides (id, route_id, driver_id, vehicle_id, seat_map_version, schedule_day, departs_at, arrives_at, status,
        created_at)
      select id, "routeId", driver_id, vehicle_id, seat_map_version, "scheduleDay", "departsAt", "arrivesAt", 'scheduled',
        ${now}::timestamptz
      from offer order by driver_id, "departsAt" ${skip}
      returning id, route_id, departs_at, arrives_at
    ), legs as (
      insert into ride_legs (ride_id, leg, capacity)
      select ride.id, stop.position - 1, offer.seats
      from ride join offer on offer.id = ride.id
      join route_stops stop on stop.route_id = offer."routeId" and stop.position > 0
    ), corridor as (
      insert into ride_corridors (ride_id, route_id, departs_at, arrives_at, keys)
      select ride.id, ride.route_id, ride.departs_at, ride.arrives_at, offer.keys from ride join offer on offer.id = ride.id
    )
    select id from ride`
}

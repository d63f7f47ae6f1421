import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idArray } from '#db/lists.ts'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { Aboard, aboardOf } from '#db/queries/rides/aboard-of.ts'
import { milliseconds, wishesNear } from './wishes-near.ts'

/** The most rides that one statement looks through; whoever wants all of them asks again. */
export const RIDES_AT_ONCE = 100

const WholeNumbers = z.array(z.number())
const Place = z.object({ lat: z.number(), lng: z.number() })

const Run = z.object({
  id: z.string(),
  departsAt: z.number(),
  vehicleKind: z.string(),
  seatsLeft: WholeNumbers,
  aboard: z.array(Aboard),
})
const Wish = z.object({
  ...{ id: z.string(), userId: z.string(), pickup: Place, dropoff: Place, radiusMetres: z.number() },
  ...{ earliest: z.number(), latest: z.number(), seats: z.number() },
  maxFare: z.number().nullable(),
  vehicleKinds: z.array(z.string()).nullable(),
  ...{ gender: z.string().nullable(), sameGender: z.boolean() },
})

/** A road with its rides that were not looked through, and the saved searches that they may serve. */
export const UnmatchedRow = z.object({
  routeId: z.string(),
  driverId: z.string(),
  /** When the route was last changed. */
  version: z.coerce.date().nullable(),
  ...{ polyline: z.string(), vertexMetres: WholeNumbers, vertexSeconds: WholeNumbers },
  ...{ stopVertices: WholeNumbers, pricePerSeat: z.number() },
  rides: z.array(Run),
  wishes: z.array(Wish),
})
export type UnmatchedRow = z.infer<typeof UnmatchedRow>

/** Rides for which nobody has looked through the saved searches, those that depart first; of these routes only, where some are named. */
export function loadUnmatchedRides(
  db: Db,
  routeIds: readonly string[] | null,
  now: Date,
): Promise<UnmatchedRow[]> {
  return readRows(db, unmatchedStatement(routeIds, now), UnmatchedRow)
}

/** What `loadUnmatchedRides` asks. */
export function unmatchedStatement(routeIds: readonly string[] | null, now: Date): SQL {
  const among = routeIds ? sql`and ride.route_id = any(${idArray(routeIds)})` : sql``
  const legs = sql`(select jsonb_agg(capacity - taken + ${lapsedSeats(now)} order by leg)
    from ride_legs where ride_id = ride.id)`
  return sql`with ride as materialized (
      select ride.id, ride.route_id, ride.departs_at, ride.arrives_at, vehicle.kind
      from rides ride join vehicles vehicle on vehicle.id = ride.vehicle_id
      where ride.matched_at is null and ride.status = 'scheduled' ${among}
      order by ride.departs_at, ride.id limit ${RIDES_AT_ONCE}
    ), road as materialized (
      select route.*, route.path::geometry as line, first_departure, last_arrival
      from (select route_id, min(departs_at) as first_departure, max(arrives_at) as last_arrival from ride group by route_id) run
      join routes route on route.id = run.route_id
    ), near as materialized (${wishesNear(now)})
    select road.id as "routeId", road.driver_id as "driverId", road.updated_at as version, road.price_per_seat as "pricePerSeat",
      -- Where nobody wants to go, the way is not asked for.
      case when wanted.wishes is null then '' else road.polyline end as polyline,
      case when wanted.wishes is null then '{}' else road.vertex_metres end as "vertexMetres",
      case when wanted.wishes is null then '{}' else road.vertex_seconds end as "vertexSeconds",
      array(select vertex from route_stops where route_id = road.id order by position) as "stopVertices",
      (select jsonb_agg(jsonb_build_object('id', ride.id, 'departsAt', ${milliseconds(sql`ride.departs_at`)},
          'vehicleKind', ride.kind, 'seatsLeft', case when wanted.wishes is null then '[]' else ${legs} end,
          'aboard', case when wanted.wishes is null then '[]' else ${aboardOf('ride', now)} end))
        from ride where ride.route_id = road.id) as rides,
      coalesce(wanted.wishes, '[]') as wishes
    from road cross join lateral (select jsonb_agg(wish order by id) as wishes from near where route_id = road.id) wanted`
}

import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { queryKeys } from '#packages/corridor/query-keys.ts'
import { METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import { OfferedRideRow, offeredRides } from './offered-ride.ts'
import { hasKeys } from './ride-corridor.ts'
import { hasNeeds, isOpenTo, type RideNeeds } from './ride-needs.ts'

/** The most rides that one statement gives to match and compare. */
export const CANDIDATE_LIMIT = 1_000
/** Up to so many candidates come with all that is shown of them, which saves most searches a second question. */
const DETAILED_CANDIDATES = 40

/** Rounding of the stored path. */
export const NEAR_MARGIN_METRES = 5
export const WHOLE_EARTH_DEGREES = 360

/** An `int[]` as text: a third of the time that the driver takes to read one, and there are thousands. */
const WholeNumbers = z.string().transform((text) => text.slice(1, -1).split(',').map(Number))

/** What the match and the order of the results depend on, and no more where there are many. */
export const CandidateRow = z.object({
  rideId: z.string(),
  departsAt: z.coerce.date(),
  pricePerSeat: z.number(),
  polyline: z.string(),
  vertexMetres: WholeNumbers,
  vertexSeconds: WholeNumbers,
  stopVertices: WholeNumbers,
  /** The sum of the driver's reviews; null before the first. */
  stars: z.number().nullable(),
  reviews: z.number().nullable(),
  /** Null where there are many candidates. */
  ride: OfferedRideRow.nullable(),
})
export type CandidateRow = z.infer<typeof CandidateRow>

export interface CandidateQuery {
  pickup: Position
  dropoff: Position
  radiusMetres: number
  earliest: Date
  latest: Date
  /** Of more rides than the limit those come that the passenger would board nearest to this; null: those that depart first. */
  wantedAt: Date | null
  /** Where those that depart first are asked for: only those behind this one, in the order of departures. */
  after?: Pick<CandidateRow, 'departsAt' | 'rideId'> | undefined
  needs?: RideNeeds
  /** Who asks; null: anybody. */
  passengerId: string | null
  now: Date
}

/**
 * Scheduled rides that pass near the pickup within the window and near the drop-off later: a superset of the matches, found
 * by the keys of their corridors; in the order of departures where those that depart first are asked for. Order of the places,
 * distances and times are for the kernel to check.
 */
export function findCandidates(
  db: Db,
  query: CandidateQuery,
  limit = CANDIDATE_LIMIT,
): Promise<CandidateRow[]> {
  return readRows(db, candidateStatement(query, corridorHits(query), limit), CandidateRow)
}

/** Rides under way in the window that have a key of every set. Nobody boards before now, so the keys need not reach back farther. */
export function corridorHits({
  pickup,
  dropoff,
  radiusMetres,
  latest,
  now,
  after,
  ...query
}: CandidateQuery): SQL {
  const earliest = Math.max(query.earliest.getTime(), now.getTime())
  const sets = queryKeys({ pickup, dropoff, radiusMetres, earliest, latest: latest.getTime() })
  const behind = after
    ? sql`and (departs_at, ride_id) > (${after.departsAt}::timestamptz, ${after.rideId}::uuid)`
    : sql``
  return sql`select ride_id, route_id, departs_at, arrives_at from ride_corridors
    where ${hasKeys(sets)} and departs_at > ${now} and departs_at <= ${latest} and arrives_at >= ${query.earliest} ${behind}`
}

/** The candidates among the rides that `hits` selects with `route_id`, `departs_at` and `arrives_at`. */
export function candidateStatement(query: CandidateQuery, hits: SQL, limit = CANDIDATE_LIMIT): SQL {
  const { pickup, dropoff, radiusMetres, wantedAt, passengerId, needs = {}, now } = query
  // The time off counts only where there is something to cut.
  const first = wantedAt
    ? sql`case when (select count(*) from hit) > ${limit} then ${secondsOff(pickup, wantedAt)} end`
    : sql`hit.departs_at`
  return sql`with hit as materialized (${hits})
    , near as materialized (
      select hit.ride_id, hit.departs_at, route.route_id, route.driver_id, price_per_seat, polyline, vertex_metres, vertex_seconds
      from hit cross join lateral (
        -- The path is turned into a plane line once; what is not looked at stays out of line.
        select id as route_id, driver_id, archived_at, women_only, booking_mode, amenities, price_per_seat, polyline,
          vertex_metres, vertex_seconds, path::geometry as line
        from routes where id = hit.route_id offset 0
      ) route
      where ${isOpenTo(passengerId)} and ${hasNeeds(needs, passengerId)}
        and ${isNear(pickup, radiusMetres)} and ${isNear(dropoff, radiusMetres)}
      order by ${first}, hit.ride_id
      limit ${limit}
    )
    select near.ride_id as "rideId", near.departs_at as "departsAt", near.price_per_seat as "pricePerSeat", near.polyline,
      near.vertex_metres::text as "vertexMetres", near.vertex_seconds::text as "vertexSeconds",
      array(select vertex from route_stops where route_id = near.route_id order by position)::text as "stopVertices",
      rated.stars, rated.reviews,
      case when (select count(*) from near) <= ${DETAILED_CANDIDATES} then (${offeredRides(sql`ride.id = near.ride_id`, { passengerId, now })}) end as ride
    from near left join rating_totals rated on rated.user_id = near.driver_id and rated.side = 'driver'
    ${wantedAt ? sql`` : sql`order by near.departs_at, near.ride_id`}`
}

const pointAt = ({ lat, lng }: Position) => sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`

/** Cheap, in degrees, and never false for a path within the radius, of which no segment crosses the meridian of 180°. */
function isNear(position: Position, radius: number): SQL {
  const degrees = (radius + NEAR_MARGIN_METRES) / METRES_PER_DEGREE
  const poleward = Math.min(90, Math.abs(position.lat) + degrees)
  const reach = Math.min(WHOLE_EARTH_DEGREES, degrees / Math.cos((poleward * Math.PI) / 180))
  return sql`ST_DWithin(route.line, ${pointAt(position)}, ${reach})`
}

/** How far from the wanted time the ride is at the pickup, were it as fast everywhere: to choose by, not to show. */
function secondsOff(pickup: Position, wantedAt: Date): SQL {
  return sql`abs(extract(epoch from hit.departs_at - ${wantedAt}::timestamptz)
    + extract(epoch from hit.arrives_at - hit.departs_at) * ST_LineLocatePoint(route.line, ${pointAt(pickup)}))`
}

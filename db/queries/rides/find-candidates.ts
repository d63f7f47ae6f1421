import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { queryKeys } from '#packages/corridor/query-keys.ts'
import { METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import { hasKeys } from './ride-corridor.ts'

/**
 * The most rides that one search matches and compares. Where more pass near both places in the window, it takes those
 * that the passenger would board nearest to the wanted time.
 */
export const CANDIDATE_LIMIT = 1_000

/** Rounding of the stored path. */
const NEAR_MARGIN_METRES = 5
const WHOLE_EARTH_DEGREES = 360

/** An `int[]` as text: a third of the time that the driver takes to read one, and there are thousands. */
const WholeNumbers = z.string().transform((text) => text.slice(1, -1).split(',').map(Number))

/** What the match and the order of the results depend on, and no more: there may be many. */
export const CandidateRow = z.object({
  rideId: z.string(),
  departsAt: z.coerce.date(),
  pricePerSeat: z.number(),
  polyline: z.string(),
  vertexMetres: WholeNumbers,
  vertexSeconds: WholeNumbers,
  stopVertices: WholeNumbers,
})
export type CandidateRow = z.infer<typeof CandidateRow>

export interface CandidateQuery {
  pickup: Position
  dropoff: Position
  radiusMetres: number
  wantedAt: Date
  earliest: Date
  latest: Date
  /** Whose own rides are left out. */
  passengerId: string | null
  now: Date
}

/**
 * Scheduled rides that pass near the pickup within the window and near the drop-off later: a superset of the matches, found
 * by the keys of their corridors. Order, distances and times are for the kernel to check.
 */
export function findCandidates(db: Db, query: CandidateQuery): Promise<CandidateRow[]> {
  return readRows(db, candidateStatement(query, corridorHits(query)), CandidateRow)
}

/** Rides under way in the window that have a key of every set. Nobody boards before now, so the keys need not reach back farther. */
export function corridorHits(query: CandidateQuery): SQL {
  const { pickup, dropoff, radiusMetres, latest, now } = query
  const earliest = Math.max(query.earliest.getTime(), now.getTime())
  const sets = queryKeys({ pickup, dropoff, radiusMetres, earliest, latest: latest.getTime() })
  return sql`select ride_id, route_id, departs_at, arrives_at from ride_corridors
    where ${hasKeys(sets)} and departs_at > ${now} and departs_at <= ${latest} and arrives_at >= ${query.earliest}`
}

/**
 * The candidates among the rides that `hits` selects with `route_id`, `departs_at` and `arrives_at`. With another limit only
 * to compare ways of finding them.
 */
export function candidateStatement(query: CandidateQuery, hits: SQL, limit = CANDIDATE_LIMIT): SQL {
  const { pickup, dropoff, radiusMetres } = query
  return sql`with hit as materialized (${hits})
    , near as materialized (
      select hit.*
      from hit join routes route on route.id = hit.route_id
      where route.driver_id is distinct from ${query.passengerId}::uuid
        and route.archived_at is null
        and (not route.women_only or exists (
          select 1 from users where id = ${query.passengerId}::uuid and gender = 'female'))
        and ${isNear(pickup, radiusMetres)} and ${isNear(dropoff, radiusMetres)}
      -- The time off counts only where there is something to cut.
      order by case when (select count(*) from hit) > ${limit} then ${secondsOff(query)} end, hit.ride_id
      limit ${limit}
    )
    -- Paths are read of those that are left.
    select near.ride_id as "rideId", near.departs_at as "departsAt", route.price_per_seat as "pricePerSeat", route.polyline,
      route.vertex_metres::text as "vertexMetres", route.vertex_seconds::text as "vertexSeconds",
      array(select vertex from route_stops where route_id = route.id order by position)::text as "stopVertices"
    from near join routes route on route.id = near.route_id`
}

const pointAt = ({ lat, lng }: Position) => sql`ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326)`

/** Cheap, in degrees, and never false for a path within the radius, of which no segment crosses the meridian of 180°. */
function isNear(position: Position, radius: number): SQL {
  const degrees = (radius + NEAR_MARGIN_METRES) / METRES_PER_DEGREE
  const poleward = Math.min(90, Math.abs(position.lat) + degrees)
  const reach = Math.min(WHOLE_EARTH_DEGREES, degrees / Math.cos((poleward * Math.PI) / 180))
  return sql`ST_DWithin(route.path::geometry, ${pointAt(position)}, ${reach})`
}

/** How far from the wanted time the ride is at the pickup, were it as fast everywhere: to choose by, not to show. */
function secondsOff({ pickup, wantedAt }: CandidateQuery): SQL {
  return sql`abs(extract(epoch from hit.departs_at - ${wantedAt}::timestamptz)
    + extract(epoch from hit.arrives_at - hit.departs_at) * ST_LineLocatePoint(route.path::geometry, ${pointAt(pickup)}))`
}

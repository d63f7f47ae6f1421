import { type SQL, sql } from 'drizzle-orm'
import { corridorHits } from '#db/queries/rides/find-candidates.ts'
import type { Position } from '#packages/geo/position.ts'
import type { BenchQuery } from './choose-queries.ts'

/** No ride of the data takes longer (16.4 hours are the most of the first 150,000): what an index on departures has to look back. */
const LONGEST_RIDE_MS = 20 * 3600_000

const near = (path: SQL, { lng, lat }: Position, metres: number) =>
  sql`ST_DWithin(${path}, ST_MakePoint(${lng}, ${lat})::geography, ${metres})`

/** Routes whose path is near both ends, joined with their rides in the window. */
const byPath = ({ pickup, dropoff, radiusMetres, now, earliest, latest }: BenchQuery) =>
  sql`select ride.id as ride_id, ride.route_id, ride.departs_at, ride.arrives_at from routes route join rides ride on ride.route_id = route.id
    where route.archived_at is null and ride.status = 'scheduled' and ${near(sql`route.path`, pickup, radiusMetres)}
      and ${near(sql`route.path`, dropoff, radiusMetres)}
      and ride.departs_at > ${now} and ride.departs_at <= ${latest} and ride.arrives_at >= ${earliest}`

/** Rides whose path is near both ends and whose departure can be that of a ride in the window, from one index. */
export const byPathAndDeparture = (
  { pickup, dropoff, now, earliest, latest }: BenchQuery,
  radiusMetres: number,
): SQL =>
  sql`select ride_id, route_id, departs_at, arrives_at from bench_paths
    where ${near(sql`path`, pickup, radiusMetres)} and ${near(sql`path`, dropoff, radiusMetres)}
      and departs_at > ${now} and departs_at > ${new Date(earliest.getTime() - LONGEST_RIDE_MS)}
      and departs_at <= ${latest} and arrives_at >= ${earliest}`

export const METHODS = ['none', 'path', 'pathAndDeparture', 'corridor'] as const
export type Method = (typeof METHODS)[number]

/** The part of the search statement that finds the rides; what is selected of them is the same for all. */
export const hitsOf: Record<Method, (query: BenchQuery) => SQL> = {
  none: byPath,
  path: byPath,
  pathAndDeparture: (query) => byPathAndDeparture(query, query.radiusMetres),
  corridor: corridorHits,
}

export const NAMES: Record<Method, string> = {
  none: 'no index',
  path: 'GiST on path',
  pathAndDeparture: 'GiST on (path, departure)',
  corridor: 'corridor keys (ours)',
}

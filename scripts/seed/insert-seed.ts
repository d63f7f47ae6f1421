import { Pool } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-serverless'
import {
  bookings,
  documents,
  drivers,
  rideCorridors,
  rideLegs,
  rides,
  routeStops,
  routes,
  users,
  vehicles,
} from '#db/schema/index.ts'
import { keysOf } from '#packages/routes/plan-rides.ts'
import { generateSeed, type SeedData } from './generate-seed.ts'

/** The seed of the data that everybody gets. */
export const SEED = 20_261_101

/** Rows in one statement: PostgreSQL takes 65,535 parameters, a booking has 20. */
const ROWS_PER_STATEMENT = 1_000

/** How many rows were new, by table. */
export type Inserted = Record<string, number>

/**
 * Fills a migrated database with the seed, in one transaction, over Neon's WebSocket protocol. What is there stays as
 * it is: run again it adds nothing, run on a later day it adds the rides of the days that have come into sight. No
 * events are written, since nobody is waiting for them.
 */
export async function seed(
  url: string,
  now: Date,
  onProgress: (step: string) => void = () => undefined,
): Promise<Inserted> {
  onProgress('generating the seed')
  const data = generateSeed(SEED, now.getTime())
  const pool = new Pool({ connectionString: url, max: 1 })
  const inserted: Inserted = {}
  const put = async <Row>(
    table: string,
    rows: readonly Row[],
    insert: (rows: Row[]) => PromiseLike<{ rowCount: number | null }>,
  ) => {
    onProgress(`adding ${table}`)
    let count = 0
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
      count += (await insert(rows.slice(from, from + ROWS_PER_STATEMENT))).rowCount ?? 0
    inserted[table] = count
  }
  try {
    await drizzle(pool).transaction(async (tx) => {
      // Only an id may be there already: a phone or plate of somebody else's is an error, not a reason to go on.
      await put('users', data.users, (rows) =>
        tx.insert(users).values(rows).onConflictDoNothing({ target: users.id }),
      )
      await put('drivers', data.drivers, (rows) => tx.insert(drivers).values(rows).onConflictDoNothing())
      await put('vehicles', data.vehicles, (rows) =>
        tx.insert(vehicles).values(rows).onConflictDoNothing({ target: vehicles.id }),
      )
      // A driver may have handed in a paper of their own.
      await put('documents', data.documents, (rows) => tx.insert(documents).values(rows).onConflictDoNothing())
      await put('routes', data.routes, (rows) => tx.insert(routes).values(rows).onConflictDoNothing())
      await put('route_stops', data.routeStops, (rows) =>
        tx.insert(routeStops).values(rows).onConflictDoNothing(),
      )
      // A ride may also be missing because its driver has another one at that time. Only new rides get what is on them.
      const fresh = new Set<string>()
      await put('rides', data.rides, async (rows) => {
        const added = await tx.insert(rides).values(rows).onConflictDoNothing().returning({ id: rides.id })
        for (const { id } of added) fresh.add(id)
        return { rowCount: added.length }
      })
      const onFresh = <Row extends { rideId: string }>(rows: Row[]) =>
        rows.filter((row) => fresh.has(row.rideId))
      await put('ride_legs', onFresh(data.rideLegs), (rows) => tx.insert(rideLegs).values(rows))
      await put('ride_corridors', onFresh(corridorsOf(data)), (rows) => tx.insert(rideCorridors).values(rows))
      await put('bookings', onFresh(data.bookings), (rows) => tx.insert(bookings).values(rows))
    })
    return inserted
  } finally {
    await pool.end()
  }
}

/** What the search finds the rides by. */
function corridorsOf({ rides: all, routes: ways, routeStops: stops }: SeedData) {
  const wayOf = new Map(ways.map((route) => [route.id, route]))
  const stopsOf = Map.groupBy(stops, (stop) => stop.routeId)
  return all.flatMap(({ id: rideId, routeId, departsAt, arrivesAt }) => {
    const way = wayOf.get(routeId)
    const keys = way && keysOf({ ...way, stops: stopsOf.get(routeId) ?? [] }, departsAt.getTime())
    return keys ? [{ rideId, routeId, departsAt, arrivesAt, keys }] : []
  })
}

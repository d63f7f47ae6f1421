import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import type { Db } from '../../db/client.ts'
import { type NewRoute, publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import { decodePolyline, encodePolyline } from '../../packages/geo/polyline.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import type { MatchQuery } from '../../packages/matching/match-ride.ts'
import type { TimedRide } from '../../packages/matching/ride-clock.ts'
import { rideAndQuery } from '../../packages/matching/testing/random-ride.ts'
import { planRides } from '../../packages/routes/plan-rides.ts'
import { draftRoute, newDriver } from './open-world.ts'

export type StoredRide = TimedRide & { id: string }

/** Publishes random rides, loops and there-and-back too; returns them as they are stored, with a query about each. */
export async function publishRandomRides(
  db: Db,
  now: Date,
  count: number,
  shift: (ride: TimedRide, number: number) => TimedRide = (ride) => ride,
): Promise<{ rides: StoredRide[]; queries: MatchQuery[] }> {
  // One driver drives all of them.
  await db.execute(sql`alter table rides drop constraint if exists rides_driver_overlap`)
  const driver = await newDriver(db, now, 4)
  const samples = fc.sample(rideAndQuery, { numRuns: count, seed: 4 })
  const rides: StoredRide[] = []
  for (const [number, { ride }] of samples.entries()) {
    const read = asStored(shift(ride, number))
    const route = routeOf(read, now)
    await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
    rides.push({ ...read, id: elementAt(route.rides, 0).id })
  }
  return { rides, queries: samples.map(({ query }) => query) }
}

/** The ride as it is stored, and read back. */
function asStored({ path, stopVertices, departsAt }: TimedRide): TimedRide & { polyline: string } {
  const polyline = encodePolyline(path.points)
  const read = {
    points: decodePolyline(polyline),
    metres: path.metres.map(Math.round),
    seconds: path.seconds.map(Math.round),
  }
  return { path: read, stopVertices, departsAt, polyline }
}

function routeOf(ride: ReturnType<typeof asStored>, now: Date): NewRoute {
  const { points, metres, seconds } = ride.path
  const stops = ride.stopVertices.map((vertex, k) => ({
    name: `Stop ${k}`,
    ...elementAt(points, vertex),
    vertex,
  }))
  const way = { polyline: ride.polyline, vertexMetres: metres, vertexSeconds: seconds, stops }
  return {
    ...draftRoute(now, { departsAt: new Date(ride.departsAt) }),
    ...{
      ...way,
      id: uuidv7(),
      pathWkt: `LINESTRING(${points.map(({ lat, lng }) => `${lng} ${lat}`).join(', ')})`,
    },
    rides: planRides(way, [{ day: null, departsAt: ride.departsAt }], now.getTime()),
  }
}

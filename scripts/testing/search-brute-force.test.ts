import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { findCandidates } from '../../db/queries/rides/find-candidates.ts'
import { type NewRoute, publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import { decodePolyline, encodePolyline } from '../../packages/geo/polyline.ts'
import { distanceMetres } from '../../packages/geo/position.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { defaultRadiusMetres, matchRide } from '../../packages/matching/match-ride.ts'
import type { TimedRide } from '../../packages/matching/ride-clock.ts'
import { departsAt, rideAndQuery } from '../../packages/matching/testing/random-ride.ts'
import { planRides } from '../../packages/routes/plan-rides.ts'
import { matchCandidate } from '../../workers/routes/match-candidate.ts'
import { draftRoute, newDriver, openWorld } from './open-world.ts'

const RIDES = 250
const now = new Date(departsAt - 48 * 3600_000)

const db = await openWorld()

beforeAll(async () => {
  await db.execute(sql`alter table rides drop constraint rides_driver_overlap`)
})

/** The ride as it is stored, and read back. */
function stored({ path, stopVertices, departsAt: at }: TimedRide): TimedRide & { polyline: string } {
  const polyline = encodePolyline(path.points)
  const read = {
    points: decodePolyline(polyline),
    metres: path.metres.map(Math.round),
    seconds: path.seconds.map(Math.round),
  }
  return { path: read, stopVertices, departsAt: at, polyline }
}

function routeOf(ride: ReturnType<typeof stored>): NewRoute {
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

test('the database finds what brute force finds over loops, there-and-back, laps and lines, at any time', async () => {
  const driver = await newDriver(db, now, 4)
  const samples = fc.sample(rideAndQuery, { numRuns: RIDES, seed: 4 })
  const rides: (TimedRide & { id: string })[] = []
  for (const { ride } of samples) {
    const read = stored(ride)
    const route = routeOf(read)
    await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
    rides.push({ ...read, id: elementAt(route.rides, 0).id })
  }
  let matches = 0
  for (const { query } of samples) {
    const { pickup, dropoff, earliest, latest } = query
    const radiusMetres = query.radiusMetres ?? defaultRadiusMetres(distanceMetres(pickup, dropoff))
    const whole = { ...query, radiusMetres }
    const expected = rides.filter((ride) => matchRide(ride, whole)).map(({ id }) => id)
    const candidates = await findCandidates(db, {
      ...{ pickup, dropoff, radiusMetres, passengerId: null, now },
      ...{ wantedAt: new Date(earliest), earliest: new Date(earliest), latest: new Date(latest) },
    })
    const found = candidates.flatMap((candidate) => matchCandidate(candidate, whole, 1)?.id ?? [])
    expect(found.toSorted()).toEqual(expected.toSorted())
    matches += found.length
  }
  expect(matches).toBeGreaterThan(RIDES / 2)
}, 60_000)

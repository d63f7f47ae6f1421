import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { cancelRide, startRide } from '../../db/queries/rides/change-ride.ts'
import { fillCorridors } from '../../db/queries/rides/fill-corridors.ts'
import {
  CANDIDATE_LIMIT,
  type CandidateQuery,
  candidateStatement,
  corridorHits,
  findCandidates,
} from '../../db/queries/rides/find-candidates.ts'
import { insertRides } from '../../db/queries/rides/insert-rides.ts'
import { loadRideWay } from '../../db/queries/rides/stored-way.ts'
import { updateRide } from '../../db/queries/rides/update-ride.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { indianDay } from '../../packages/calendar/indian-time.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { keysOf, planRides } from '../../packages/routes/plan-rides.ts'
import { fillPage } from '../../workers/routes/fill-page.ts'
import { rankRides } from '../../workers/routes/rank-rides.ts'
import type { Search } from '../../workers/routes/search.ts'
import type { Mark } from '../../workers/routes/search-cursor.ts'
import { draftRoute, newDriver, newRide, openWorld } from './open-world.ts'

const HOUR_MS = 3600_000
const now = new Date('2026-12-01T06:00:00Z')
/** Noon of a day on which only these tests have rides. */
const noon = new Date('2026-12-10T06:30:00Z')
const bengaluru = { lat: 12.9716, lng: 77.5946 }
const mysuru = { lat: 12.2958, lng: 76.6394 }

const db = await openWorld()

beforeAll(async () => {
  // One driver drives all the rides of a road here.
  await db.execute(sql`alter table rides drop constraint rides_driver_overlap`)
})

const queryAround = (wantedAt: Date, hours: number, more: Partial<CandidateQuery> = {}): CandidateQuery => ({
  ...{ pickup: bengaluru, dropoff: mysuru, radiusMetres: 2_000, passengerId: null, now, wantedAt },
  earliest: new Date(wantedAt.getTime() - hours * HOUR_MS),
  latest: new Date(wantedAt.getTime() + hours * HOUR_MS),
  ...more,
})

/** Puts rides on one road, at these departures (Unix ms); returns their ids in that order. */
async function runRides(departures: readonly number[]): Promise<string[]> {
  const driver = await newDriver(db, now, 4)
  const [first = 0, ...others] = departures
  const route = draftRoute(now, { departsAt: new Date(first) }, { seats: 3 })
  await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
  const more = planRides(
    route,
    others.map((departsAt) => ({ day: null, departsAt })),
    now.getTime(),
  ).map((ride) => ({ ...ride, routeId: route.id, routeVersion: null }))
  for (let from = 0; from < more.length; from += 400)
    await db.execute(insertRides(more.slice(from, from + 400), now, { overlap: 'refuse' }))
  return [...route.rides, ...more].map((ride) => ride.id)
}

const ctx = { db, now: now.getTime() }

/** A search for the best from Bengaluru to Mysuru. */
const searchAround = (wantedAt: Date, hours: number, more: Partial<Search> = {}): Search => ({
  ...{ pickup: bengaluru, dropoff: mysuru, radiusMetres: 2_000, passengerId: uuidv7() },
  ...{ seats: 1, filters: {}, full: false, sort: 'relevance', day: indianDay(wantedAt.getTime()) },
  wantedAt: wantedAt.getTime(),
  earliest: wantedAt.getTime() - hours * HOUR_MS,
  latest: wantedAt.getTime() + hours * HOUR_MS,
  ...more,
})

const listed = async (rideId: string) =>
  (await db.execute(sql`select 1 from ride_corridors where ride_id = ${rideId}`)).rows.length === 1

test('the search is answered by the index of the corridors, however many keys it asks for', async () => {
  await runRides(Array.from({ length: 300 }, (_, k) => noon.getTime() + (k - 150) * 600_000))
  await db.execute(sql`analyze`)
  for (const query of [
    queryAround(noon, 1),
    queryAround(noon, 3, { radiusMetres: 25_000 }),
    queryAround(noon, 24, { radiusMetres: 25_000 }),
    queryAround(noon, 12, { wantedAt: null, after: { departsAt: now, rideId: uuidv7() } }),
    queryAround(noon, 12, { passengerId: uuidv7(), needs: { minRating: 4, vehicleKinds: ['suv'] } }),
    // A week before and after, as where nothing is found.
    queryAround(noon, 7.5 * 24, { radiusMetres: 25_000 }),
  ]) {
    const statement = sql`explain (format json) ${candidateStatement(query, corridorHits(query))}`
    const plan = JSON.stringify((await db.execute(statement)).rows)
    expect(plan).toContain('"Index Name":"ride_corridors_keys_idx"')
    expect(plan).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"ride_corridors"/)
  }
})

test('of many rides on a road the best is first, though it departs last, and the pages hold all of them', async () => {
  const day = new Date('2026-12-12T06:30:00Z')
  // Every 90 seconds from 10 hours before on; the nearest to the wanted time is the last one.
  const ids = await runRides(Array.from({ length: 400 }, (_, k) => day.getTime() - 10 * HOUR_MS + k * 90_000))
  const search = searchAround(day, 12)
  const pages: string[] = []
  let behind: Mark | undefined
  do {
    const { offers, next } = await fillPage(ctx, rankRides(ctx, search, { behind }), search, 90)
    pages.push(...offers.map(({ id }) => id))
    behind = next ?? undefined
  } while (behind)
  expect(pages).toEqual(ids.toReversed())
})

test('sold-out rides do not shorten a page', async () => {
  const day = new Date('2026-12-14T06:30:00Z')
  const ids = await runRides(Array.from({ length: 60 }, (_, k) => day.getTime() + k * 60_000))
  const full = ids.filter((_, k) => k % 10 !== 0)
  await db.execute(
    sql`update ride_legs set taken = capacity where leg = 0 and ride_id = any(${`{${full.join(',')}}`}::uuid[])`,
  )
  await db.execute(sql`update ride_legs set taken = 2 where ride_id = ${elementAt(ids, 50)}`)
  const page = (seats: number, limit: number, search = searchAround(day, 3, { seats })) =>
    fillPage(ctx, rankRides(ctx, search, {}), search, limit)
  const free = ids.filter((_, k) => k % 10 === 0)
  expect(await page(1, 3)).toMatchObject({
    offers: free.slice(0, 3).map((id) => ({ id, seatsLeft: 3 })),
    next: { id: free[2] },
  })
  expect(await page(1, 6)).toMatchObject({ offers: { length: 6 }, next: null })
  expect((await page(2, 6)).offers.map(({ id }) => id)).toEqual(free.slice(0, 5))
  // Who boards behind the sold-out leg finds all.
  const behind = await page(1, 100, searchAround(day, 5, { pickup: { lat: 12.5218, lng: 76.8951 } }))
  expect(behind.offers).toHaveLength(60)
})

test('of more rides than are compared, those nearest to the wanted time are', async () => {
  const day = new Date('2026-12-16T06:30:00Z')
  const departures = Array.from({ length: CANDIDATE_LIMIT + 200 }, (_, k) => day.getTime() + (k - 300) * 60_000)
  const ids = await runRides(departures)
  const found = (await findCandidates(db, queryAround(day, 24))).map(({ rideId }) => rideId)
  expect(found).toHaveLength(CANDIDATE_LIMIT)
  // The pickup is the first stop: 500 before and after the wanted time would be taken, of which 300 are there.
  expect(new Set(found)).toEqual(new Set(ids.slice(0, CANDIDATE_LIMIT)))
}, 30_000)

test('a ride is in the index while it can be booked', async () => {
  const ride = async () => await newRide(db, now, 3)
  const [started, cancelled, past] = [await ride(), await ride(), await ride()]
  for (const { rideId } of [started, cancelled, past]) expect(await listed(rideId)).toBe(true)

  const tomorrow = new Date(now.getTime() + 24 * HOUR_MS)
  await startRide(db, { ...started, now, departsBefore: tomorrow })
  expect(await listed(started.rideId)).toBe(false)
  await cancelRide(db, { ...cancelled, now })
  expect(await listed(cancelled.rideId)).toBe(false)
  await cancelRide(db, { ...past, driverId: cancelled.driverId, now })
  expect(await listed(past.rideId)).toBe(true)
  await forgetOldRows(db, new Date(tomorrow.getTime() - 1))
  expect(await listed(past.rideId)).toBe(true)
  await forgetOldRows(db, tomorrow)
  expect(await listed(past.rideId)).toBe(false)
})

test('rides that were made before there was an index are listed once, others never', async () => {
  const { rideId } = await newRide(db, now, 3)
  const row = async () => (await db.execute(sql`select * from ride_corridors where ride_id = ${rideId}`)).rows
  const before = await row()
  await fillCorridors(db, now)
  await db.execute(sql`delete from ride_corridors where ride_id = ${rideId}`)
  const gone = await newRide(db, now, 3)
  await cancelRide(db, { ...gone, now })
  expect(await fillCorridors(db, now)).toBe(1)
  expect(await row()).toEqual(before)
  expect(await fillCorridors(db, now)).toBe(0)
  expect(await listed(gone.rideId)).toBe(false)
})

test('what is listed of a ride is what the ride is, also when it has moved', async () => {
  const { rideId, driverId } = await newRide(db, now, 3)
  const differing = async () =>
    (
      await db.execute(sql`select ride.id from rides ride left join ride_corridors listed on listed.ride_id = ride.id
        where ride.id = ${rideId} and (listed.route_id, listed.departs_at, listed.arrives_at)
          is distinct from (ride.route_id, ride.departs_at, ride.arrives_at)`)
    ).rows
  expect(await differing()).toEqual([])
  const way = await loadRideWay(db, rideId)
  if (!way) throw new Error('no way')
  const departsAt = new Date(way.departsAt.getTime() + 5 * HOUR_MS)
  const keys = keysOf(way, departsAt.getTime())
  const update = { id: rideId, driverId, formerDepartsAt: way.departsAt, departsAt, keys }
  expect(await updateRide(db, { ...update, vehicleId: null, papers: [], notes: null }, now)).toBeDefined()
  expect(await differing()).toEqual([])
  const found = async (wantedAt: Date) =>
    (await findCandidates(db, queryAround(wantedAt, 0.5))).map((candidate) => candidate.rideId)
  expect(await found(departsAt)).toContain(rideId)
  expect(await found(way.departsAt)).not.toContain(rideId)
})

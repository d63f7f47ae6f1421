import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { RIDES_AT_ONCE, unmatchedStatement } from '../../db/queries/alerts/unmatched-rides.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import type { Position } from '../../packages/geo/position.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { planRides } from '../../packages/routes/plan-rides.ts'
import { planRoute } from '../../packages/routes/plan-route.ts'
import { departuresAhead } from '../../packages/schedules/rides-ahead.ts'
import { newPeople } from '../storms/new-ride.ts'
import { alertAll, saveWish } from './alert-world.ts'
import { draftRoute, newDriver, openWorld } from './open-world.ts'

const DAY_MS = 24 * 3600_000
const ROUTES = 72
const SEARCHES = 500
const PER_PERSON = 10
/** What a slow machine may take for all of it: a sweep comes every minute. */
const MOST_MS = 20_000
const now = new Date('2026-12-01T01:00:00Z')

const db = await openWorld()

const place = fc.record({
  lat: fc.integer({ min: 11_800, max: 14_000 }).map((milli) => milli / 1000),
  lng: fc.integer({ min: 75_000, max: 78_000 }).map((milli) => milli / 1000),
})
const roads = fc.sample(fc.uniqueArray(place, { minLength: 3, maxLength: 5, selector: ({ lat }) => lat }), {
  numRuns: ROUTES,
  seed: 7,
})

/** Puts a route that runs every day for some weeks on these stops; returns how many rides it has. */
async function publishDaily(positions: readonly Position[]): Promise<number> {
  const schedule = {
    ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], departs: '08:00', from: '2026-12-02', until: null, exceptions: [] },
  }
  const {
    metres: _,
    seconds: __,
    ...way
  } = planRoute(positions.map((position, n) => ({ name: `Stop ${n}`, position })))
  const rides = planRides(way, departuresAhead(schedule, now.getTime(), 0), now.getTime())
  const route = { ...draftRoute(now, { schedule }), ...way, id: uuidv7(), rides }
  const driver = await newDriver(db, now, 4)
  await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
  return rides.length
}

let rides = 0
beforeAll(async () => {
  for (const road of roads) rides += await publishDaily(road)
  let people: string[] = []
  for (let k = 0; k < SEARCHES; k++) {
    if (k % PER_PERSON === 0) people = await newPeople(db, 1, now)
    const road = elementAt(roads, k % ROUTES)
    const [from, to] = [k % (road.length - 1), road.length - 1]
    const near = ({ lat, lng }: Position) => ({ name: 'There', lat: lat + (k % 7) / 1000, lng })
    const window = { earliest: now, latest: new Date(now.getTime() + (1 + (k % 31)) * DAY_MS) }
    const ends = { pickup: near(elementAt(road, from)), dropoff: near(elementAt(road, to)) }
    await saveWish(db, elementAt(people, 0), now, { ...ends, ...window, radiusMetres: 3_000 + (k % 5) * 4_000 })
  }
  await db.execute(sql`analyze`)
}, 120_000)

test('the rides that one sweep makes are matched with the saved searches of a town in a few seconds', async () => {
  expect(rides).toBeGreaterThan(2_000)
  const before = performance.now()
  const alerts = await alertAll(db, now)
  const took = performance.now() - before
  // oxlint-disable-next-line no-console -- the figure is what this test is for
  console.log(`${rides} rides × ${SEARCHES} saved searches: ${alerts} alerts in ${Math.round(took)} ms`)
  expect(alerts).toBeGreaterThan(SEARCHES)
  expect(took).toBeLessThan(MOST_MS)
}, 60_000)

test('the index on the pickups is asked once for each road, and no saved search elsewhere is looked at', async () => {
  // All over India, as many as need an index.
  const [somebody = ''] = await newPeople(db, 1, now)
  await db.execute(sql`insert into saved_searches (id, user_id, pickup_lat, pickup_lng, pickup_name, dropoff_lat, dropoff_lng,
      dropoff_name, pickup, radius_metres, earliest, latest, seats, filters, created_at, matched_at)
    select gen_random_uuid(), ${somebody}, lat, lng, '', lat + 1, lng, '', ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography,
      25000, ${now}, ${new Date(now.getTime() + DAY_MS)}, 1, '{}', ${now}, ${now}
    from (select 18 + random() * 15 as lat, 70 + random() * 20 as lng from generate_series(1, 20000)) place`)
  await db.execute(sql`update rides set matched_at = null`)
  await db.execute(sql`analyze saved_searches`)
  const { rows } = await db.execute(sql`explain (analyze, format json) ${unmatchedStatement(null, now)}`)
  const plan = JSON.stringify(rows)
  expect(plan).toContain('"Index Name":"saved_searches_pickup_idx"')
  expect(plan).not.toMatch(/"Node Type":"Seq Scan"[^{}]*"Relation Name":"saved_searches"/)
  const scan =
    /"Node Type":"Index Scan"[^{}]*"Index Name":"saved_searches_pickup_idx"[^{}]*"Actual Rows":([\d.]+),"Actual Loops":(\d+)/.exec(
      plan,
    )
  expect(Number(scan?.[2])).toBeLessThanOrEqual(Math.min(ROUTES, RIDES_AT_ONCE))
  expect(Number(scan?.[1])).toBeLessThan(SEARCHES)
}, 60_000)

import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readRow } from '../../db/client.ts'
import { saveProfile } from '../../db/queries/auth/profile.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { archiveRoute } from '../../db/queries/routes/archive-route.ts'
import { changeRoute } from '../../db/queries/routes/change-route.ts'
import { listRoutes, loadRoute } from '../../db/queries/routes/load-route.ts'
import { type NewRoute, publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import type { RouteRow } from '../../db/queries/routes/route-view.ts'
import { deleteVehicle } from '../../db/queries/vehicles/delete-vehicle.ts'
import { addDays } from '../../packages/calendar/indian-time.ts'
import { MIN_NOTICE_MS } from '../../packages/routes/notice.ts'
import { planRides } from '../../packages/routes/plan-rides.ts'
import type { Pattern } from '../../packages/schedules/pattern.ts'
import { departuresAhead } from '../../packages/schedules/rides-ahead.ts'
import { makeDueRides } from '../../workers/events/make-rides.ts'
import { draftRoute, newDriver, openWorld } from './open-world.ts'

/** What only a clock can bring about: weeks in which nobody does anything but the sweep. */
const DAY_MS = 24 * 3600_000
/** A Tuesday, half past eleven in India. */
const start = new Date('2026-12-01T06:00:00Z')
const today = '2026-12-01'
const days = (count: number) => new Date(start.getTime() + count * DAY_MS)
const daily: Pattern = {
  ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], departs: '08:00', from: today, until: null, exceptions: [] },
}

const db = await openWorld()

beforeAll(async () => {
  // These drivers hand in no papers: none are asked for.
  await db.execute(sql`delete from document_requirements`)
})

/** Publishes a weekly route of a new driver, unless another is named. */
async function publishWeekly(
  schedule: Pattern,
  driver?: { driverId: string; vehicleId: string },
  now = start,
): Promise<RouteRow> {
  const owner = driver ?? (await newDriver(db, now, 4))
  const route = draftRoute(now, { schedule }, { seats: 3 })
  await publishRoutes(db, { ...owner, papers: [], routes: [route] }, now)
  return reload(route)
}

async function reload({ id }: Pick<NewRoute, 'id'>): Promise<RouteRow> {
  const route = await loadRoute(db, id)
  if (!route) throw new Error('The route is gone')
  return route
}

const daysOf = ({ rides }: RouteRow) => rides.map(({ scheduleDay }) => scheduleDay)
const count = async (statement: ReturnType<typeof sql>) =>
  (await readRow(db, statement, z.object({ count: z.coerce.number() })))?.count

/** A change of the route that keeps everything else. */
function change(route: RouteRow, schedule: Pattern, now: Date) {
  const same = { seats: false, vehicle: false, womenOnly: false, schedule: true }
  const rides = planRides(route, departuresAhead(schedule, now.getTime(), MIN_NOTICE_MS), now.getTime())
  return changeRoute(
    db,
    { ...route, schedule, rides, version: route.updatedAt, papers: [], way: null, changes: same },
    now,
  )
}

test('four weeks of rides are made at publishing, with legs and a place in the search, and a day more every day', async () => {
  const route = await publishWeekly(daily)
  // Today at eight is over.
  expect(daysOf(route)).toEqual(Array.from({ length: 28 }, (_, n) => addDays(today, n + 1)))
  expect(route.schedule).toMatchObject({ ...daily, madeUntil: addDays(today, 28) })
  expect(route.rides[0]?.departsAt.toISOString()).toBe('2026-12-02T02:30:00.000Z')
  const ofRoute = sql`where ride_id in (select id from rides where route_id = ${route.id})`
  expect(await count(sql`select count(*) from ride_legs ${ofRoute} and capacity = 3`)).toBe(56)
  expect(await count(sql`select count(*) from ride_corridors ${ofRoute} and cardinality(keys) > 0`)).toBe(28)

  expect(await makeDueRides({ db }, start)).toBe(0)
  expect(await makeDueRides({ db }, days(1))).toBe(1)
  expect(await makeDueRides({ db }, days(1))).toBe(0)
  expect((await reload(route)).schedule?.madeUntil).toBe(addDays(today, 29))
  // Nothing was swept for ten days, and two sweeps come at once.
  const made = await Promise.all([makeDueRides({ db }, days(11)), makeDueRides({ db }, days(11))])
  expect(made.toSorted((a, b) => a - b)).toEqual([0, 10])
  expect(new Set(daysOf(await reload(route))).size).toBe(39)
  await archiveRoute(db, route, days(11))
})

test('a day on which the driver is on another ride is skipped, and made up for when the other one is cancelled', async () => {
  const driver = await newDriver(db, start, 4)
  const clash = new Date('2026-12-03T03:00:00Z')
  const single = draftRoute(start, { departsAt: clash })
  await publishRoutes(db, { ...driver, papers: [], routes: [single] }, start)
  const route = await publishWeekly(daily, driver)
  expect(daysOf(route)).not.toContain('2026-12-03')
  expect(route.rides).toHaveLength(27)
  await cancelRide(db, { rideId: single.rides[0]?.id ?? '', driverId: driver.driverId, now: start })
  await makeDueRides({ db }, days(1))
  expect(daysOf(await reload(route))).toContain('2026-12-03')
  await archiveRoute(db, route, days(1))
})

test('a ride that its driver cancelled is not made again', async () => {
  const route = await publishWeekly(daily)
  const ride = route.rides[4]
  await cancelRide(db, { rideId: ride?.id ?? '', driverId: route.driverId, now: start })
  await makeDueRides({ db }, days(1))
  const again = await reload(route)
  expect(again.rides.filter(({ scheduleDay }) => scheduleDay === ride?.scheduleDay)).toMatchObject([
    { id: ride?.id, status: 'cancelled' },
  ])
  await archiveRoute(db, route, days(1))
})

test('a pattern ends on its last day, and then counts as open no more', async () => {
  const route = await publishWeekly({ ...daily, until: addDays(today, 5) })
  expect(daysOf(route)).toHaveLength(5)
  for (const later of [1, 3, 6]) expect(await makeDueRides({ db }, days(later))).toBe(0)
  const seen = (viewerId: string, now: Date) =>
    listRoutes(db, { driverId: route.driverId, viewerId, limit: 5 }, now).then(({ length }) => length)
  const other = await newDriver(db, start, 4)
  expect(await seen(other.driverId, days(4))).toBe(1)
  expect(await seen(other.driverId, days(7))).toBe(0)
  expect(await seen(route.driverId, days(7))).toBe(1)
  await archiveRoute(db, route, start)
})

test('a pattern that begins later has its rides when its time comes', async () => {
  const route = await publishWeekly({ ...daily, from: addDays(today, 40), weekdays: [5] })
  expect(route.rides).toEqual([])
  expect(await makeDueRides({ db }, days(10))).toBe(0)
  expect(await makeDueRides({ db }, days(20))).toBe(1)
  expect(daysOf(await reload(route))).toEqual(['2027-01-15'])
  await archiveRoute(db, route, days(20))
})

test('who may not drive gets no rides, and those of all days ahead once they may', async () => {
  const route = await publishWeekly(daily)
  await db.execute(sql`insert into document_requirements (region, vehicle_kind, kind, mandatory, expires, numbered)
    values ('IN', '*', 'driving_licence', true, true, true)`)
  expect(await makeDueRides({ db }, days(3))).toBe(0)
  await db.execute(sql`delete from document_requirements`)
  expect(await makeDueRides({ db }, days(4))).toBe(4)

  await db.execute(sql`update users set banned_at = ${start} where id = ${route.driverId}`)
  expect(await makeDueRides({ db }, days(6))).toBe(0)
  await archiveRoute(db, route, days(6))
})

test('an archived route and one whose vehicle is gone get no rides', async () => {
  const route = await publishWeekly(daily)
  expect(await archiveRoute(db, route, start)).toMatchObject({ id: route.id })
  const other = await publishWeekly({ ...daily, from: addDays(today, 40) })
  await deleteVehicle(db, { driverId: other.driverId, id: other.vehicleId }, start)
  expect(await makeDueRides({ db }, days(20))).toBe(0)
})

test('a changed pattern takes its rides along: what nobody wanted goes, what stays as it was keeps its id', async () => {
  const route = await publishWeekly(daily)
  const keptDay = addDays(today, 2)
  const earlier = addDays(today, 3)
  const exceptions = [{ day: earlier, departs: '06:00' }]
  await change(route, { ...daily, weekdays: [1, 2, 3, 4, 5], exceptions }, days(0.01))
  const changed = await reload(route)
  expect(changed.rides).toHaveLength(20)
  const rideOn = ({ rides }: RouteRow, day: string) => rides.find(({ scheduleDay }) => scheduleDay === day)
  expect(rideOn(changed, keptDay)?.id).toBe(rideOn(route, keptDay)?.id)
  expect(rideOn(changed, earlier)?.departsAt.toISOString()).toBe('2026-12-04T00:30:00.000Z')
  expect(rideOn(changed, '2026-12-05')).toBeUndefined()
  expect(
    await count(sql`select count(*) from ride_corridors where ride_id = ${rideOn(route, '2026-12-05')?.id}`),
  ).toBe(0)
  // Of a route that has changed meanwhile nothing is changed.
  expect(await change(route, daily, days(0.02))).toBeUndefined()
  expect((await reload(route)).rides).toEqual(changed.rides)
  await archiveRoute(db, route, days(1))
})

test('a route for women only is published by a woman only, whatever was read before', async () => {
  const driver = await newDriver(db, start, 4)
  const route = { ...draftRoute(start, { departsAt: days(1) }), womenOnly: true }
  expect(await publishRoutes(db, { ...driver, papers: [], routes: [route] }, start)).toBeUndefined()
  await saveProfile(db, driver.driverId, { gender: 'female' }, start)
  expect(await publishRoutes(db, { ...driver, papers: [], routes: [route] }, start)).toMatchObject({
    id: route.id,
  })
})

import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/client.ts'
import { alertOfRides } from '../../db/queries/alerts/alert-of-rides.ts'
import { alertOfSearch } from '../../db/queries/alerts/alert-of-search.ts'
import { deleteSavedSearch, loadSavedSearch } from '../../db/queries/alerts/own-searches.ts'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { loadRideWay } from '../../db/queries/rides/stored-way.ts'
import { updateRide } from '../../db/queries/rides/update-ride.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { MAX_MATCHES, MAX_SEARCHES_PER_ROUTE, MESSAGES_PER_HOUR } from '../../packages/alerts/limits.ts'
import { keysOf } from '../../packages/routes/plan-rides.ts'
import { newPeople } from '../storms/new-ride.ts'
import { act, book } from '../storms/perform.ts'
import { alertAll, alertMessages, alertPairs, saveWish } from './alert-world.ts'
import { draftRoute, newDriver, newRide, openWorld, quoteOf } from './open-world.ts'

const HOUR_MS = 3600_000
/** The first minute of an hour. */
const start = Date.parse('2026-12-01T06:00:00Z')
const at = (hours: number) => new Date(start + hours * HOUR_MS)
const now = at(0)

const db = await openWorld()
beforeEach(async () => {
  await db.execute(sql`delete from saved_searches`)
  await db.execute(sql`delete from outbox`)
  await db.execute(sql`update rides set matched_at = ${now}, status = 'cancelled'`)
  await db.execute(sql`delete from ride_corridors`)
})

const newPassenger = async () => (await newPeople(db, 1, now))[0] ?? ''

/** Rides of a driver, an hour apart, the first a day ahead. */
async function newRides(count: number): Promise<string[]> {
  await db.execute(sql`alter table rides drop constraint if exists rides_driver_overlap`)
  const driver = await newDriver(db, now, 4)
  const ids: string[] = []
  for (let k = 0; k < count; k++) {
    const route = draftRoute(now, { departsAt: at(24 + k / 10) })
    await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
    ids.push(...route.rides.map(({ id }) => id))
  }
  return ids
}

test('a ride is alerted once for a saved search, and both sides are told in the statement that notes it', async () => {
  const userId = await newPassenger()
  const saved = await saveWish(db, userId, now)
  const { rideId, driverId } = await newRide(db, now, 2)
  expect([await alertAll(db, now), await alertAll(db, now)]).toEqual([1, 0])
  expect(await alertPairs(db)).toEqual([`${saved.id} ${rideId}`])
  expect(await alertMessages(db)).toEqual([
    { savedSearchId: saved.id, rideId, driverId, userId, toPassenger: true, toDriver: true },
  ])
  // The ride that found it is not found again.
  expect(await alertOfSearch(db, saved, now)).toBe(0)
  expect(await alertMessages(db)).toHaveLength(1)
})

test('a ride and a search that look for each other at the same moment, over and over, are alerted once', async () => {
  const fail = (_: string, error: unknown) => {
    throw error
  }
  for (let round = 0; round < 8; round++) {
    const userId = await newPassenger()
    const [saved, { rideId }] = await Promise.all([saveWish(db, userId, now), newRide(db, now, 2)])
    await Promise.all([
      alertOfRides(db, null, now, fail),
      alertOfSearch(db, saved, now),
      alertOfRides(db, null, now, fail),
      alertOfSearch(db, saved, now),
    ])
    await alertAll(db, now)
    expect((await alertPairs(db, saved.id)).filter((pair) => pair.endsWith(rideId))).toHaveLength(1)
  }
  const pairs = await alertPairs(db)
  expect(new Set(pairs).size).toBe(pairs.length)
})

test('a ride that is changed while it is matched is not taken for done', async () => {
  const { rideId, driverId } = await newRide(db, now, 2)
  const evening = { earliest: at(30), latest: at(40) }
  const saved = await saveWish(db, await newPassenger(), now, evening)
  expect(await alertOfSearch(db, saved, now)).toBe(0)
  await alertAll(db, now)
  await db.execute(sql`update rides set matched_at = null where id = ${rideId}`)
  /** Moves the ride after it was read, and before what was found is written. */
  let reads = 0
  const late: Db = new Proxy(db, {
    get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name).bind(target)
      return async (statement: ReturnType<typeof sql>) => {
        const rows = await db.execute(statement)
        if (reads++ === 0) await move(rideId, driverId, at(31))
        return rows
      }
    },
  })
  expect(await alertOfRides(late, null, now, () => undefined)).toEqual({ alerts: 0, more: false })
  expect(await alertAll(db, now)).toBe(1)
})

async function move(id: string, driverId: string, departsAt: Date): Promise<void> {
  const way = await loadRideWay(db, id)
  if (!way) throw new Error('no ride')
  const keys = keysOf(way, departsAt.getTime())
  const change = { id, driverId, departsAt, keys, vehicleId: null, papers: [], notes: null }
  const moved = await updateRide(db, { ...change, formerDepartsAt: way.departsAt }, at(0.01))
  expect(moved).toBeDefined()
}

test('a seat that somebody gives back, or does not take up in time, is found', async () => {
  const [userId, ...bookers] = [await newPassenger(), await newPassenger(), await newPassenger()]
  const saved = await saveWish(db, userId, now)
  const { rideId } = await newRide(db, now, 1)
  const whole = { rideId, legFrom: 0, legTo: 2, departsAt: at(24), now }
  const [first, second] = bookers.map((passengerId) => quoteOf({ ...whole, passengerId }))
  if (!first || !second) throw new Error('nobody books')
  const booking = await book(db, first, null, now)
  expect(await alertAll(db, now)).toBe(0)
  await act(db, { bookingId: booking?.id ?? '', actorId: first.passengerId, action: 'cancel' }, now)
  expect(await alertAll(db, now)).toBe(1)

  await db.execute(sql`delete from alerts`)
  const held = await book(db, second, null, now)
  await db.execute(sql`update rides set matched_at = null where id = ${rideId}`)
  expect(await alertAll(db, now)).toBe(0)
  expect(await settleRide(db, rideId, new Date((held?.expiresAt?.getTime() ?? 0) + 1))).toBe(0)
  expect(await alertAll(db, now)).toBe(1)
  expect(await alertPairs(db)).toEqual([`${saved.id} ${rideId}`])
})

test('of many alerts a few are told in an hour, the earliest rides first, and a few more in the next', async () => {
  const saved = await saveWish(db, await newPassenger(), now)
  const first = await newRides(7)
  expect(await alertAll(db, at(0.1))).toBe(7)
  const told = async () => (await alertMessages(db)).map((payload) => Object(payload))
  expect((await told()).map(({ rideId }) => rideId)).toEqual(first.slice(0, MESSAGES_PER_HOUR))

  // Another person's search has messages left, the driver of those rides has none.
  const other = await saveWish(db, await newPassenger(), now)
  expect(await alertOfSearch(db, other, at(0.2))).toBe(7)
  expect((await told()).slice(MESSAGES_PER_HOUR)).toMatchObject(
    first.slice(0, MESSAGES_PER_HOUR).map((rideId) => ({ rideId, toPassenger: true, toDriver: false })),
  )
  await newRides(1)
  expect(await alertAll(db, at(0.9))).toBe(2)
  expect(await told()).toHaveLength(2 * MESSAGES_PER_HOUR + 2)
  expect((await told()).at(-1)).toMatchObject({ toPassenger: false, toDriver: true })
  await newRides(1)
  expect(await alertAll(db, at(1))).toBe(2)
  expect((await told()).slice(-2)).toMatchObject([{ toPassenger: true }, { toPassenger: true }])
  expect(await alertPairs(db, saved.id)).toHaveLength(9)
})

test('nobody is found more rides than they can choose from', async () => {
  const saved = await saveWish(db, await newPassenger(), now)
  const rides = await newRides(3)
  await db.execute(sql`alter table alerts disable trigger all`)
  await db.execute(sql`insert into alerts (saved_search_id, ride_id, created_at)
    select ${saved.id}::uuid, gen_random_uuid(), ${at(-5)}::timestamptz from generate_series(1, ${MAX_MATCHES - 2}::int)`)
  expect(await alertAll(db, now)).toBe(2)
  const pairs = await alertPairs(db, saved.id)
  expect(rides.map((id) => pairs.includes(`${saved.id} ${id}`))).toEqual([true, true, false])
  await db.execute(sql`delete from alerts`)
  await db.execute(sql`alter table alerts enable trigger all`)
})

test('of a crowd that wants one ride not everybody is alerted', async () => {
  const { id } = await saveWish(db, await newPassenger(), now)
  await db.execute(sql`insert into saved_searches select (jsonb_populate_record(saved,
      jsonb_build_object('id', gen_random_uuid()))).* from saved_searches saved, generate_series(1, ${MAX_SEARCHES_PER_ROUTE + 20}::int)
    where saved.id = ${id}`)
  await newRide(db, now, 2)
  expect(await alertAll(db, now)).toBe(MAX_SEARCHES_PER_ROUTE)
  expect(await alertMessages(db)).toHaveLength(MESSAGES_PER_HOUR)
})

test('a ride past its departure, or without a way that can be read, is done with and holds up no other', async () => {
  const saved = await saveWish(db, await newPassenger(), now)
  const [broken = '', gone = '', good = ''] = await newRides(3)
  await db.execute(
    sql`update routes set polyline = '~' where id = (select route_id from rides where id = ${broken})`,
  )
  await db.execute(sql`update rides set departs_at = ${at(-1)} where id = ${gone}`)
  const unreadable: string[] = []
  const done = await alertOfRides(db, null, now, (routeId) => void unreadable.push(routeId))
  expect([done, unreadable.length]).toEqual([{ alerts: 1, more: false }, 1])
  expect(await alertPairs(db)).toEqual([`${saved.id} ${good}`])
  expect(await alertAll(db, now)).toBe(0)
})

test('a cancelled ride, and a search that is deleted or over, are found no more', async () => {
  const userId = await newPassenger()
  const [kept, deleted] = [await saveWish(db, userId, now), await saveWish(db, userId, now)]
  const over = await saveWish(db, userId, now, { latest: at(20) })
  await deleteSavedSearch(db, { id: deleted.id, userId })
  const cancelled = await newRide(db, now, 2)
  await cancelRide(db, { ...cancelled, now })
  const { rideId } = await newRide(db, now, 2)
  expect(await alertAll(db, now)).toBe(1)
  expect(await alertPairs(db)).toEqual([`${kept.id} ${rideId}`])

  const isThere = async (id: string) =>
    (await db.execute(sql`select 1 from saved_searches where id = ${id}`)).rows.length > 0
  await forgetOldRows(db, at(20))
  expect(await isThere(over.id)).toBe(true)
  const later = new Date(at(20).getTime() + 1)
  expect(await loadSavedSearch(db, { id: over.id, userId }, later)).toBeUndefined()
  await forgetOldRows(db, later)
  expect([await isThere(over.id), await isThere(kept.id)]).toEqual([false, true])
})

test('with an account go its saved searches and what was found for them', async () => {
  const userId = await newPassenger()
  await saveWish(db, userId, now)
  await newRide(db, now, 2)
  expect(await alertAll(db, now)).toBe(1)
  expect(await deleteAccount(db, userId, now)).toMatchObject({ inUse: false })
  expect(await alertPairs(db)).toEqual([])
})

import { beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/client.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { dayWindow, indianDay } from '../../packages/calendar/indian-time.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { fillPage } from '../../workers/routes/fill-page.ts'
import { findAlternatives } from '../../workers/routes/find-alternatives.ts'
import { rankRides } from '../../workers/routes/rank-rides.ts'
import type { Search } from '../../workers/routes/search.ts'
import { draftRoute, newDriver, openWorld } from './open-world.ts'

const HOUR_MS = 3600_000
const now = new Date('2026-12-01T06:00:00Z')
const bengaluru = { lat: 12.9716, lng: 77.5946 }
const mysuru = { lat: 12.2958, lng: 76.6394 }

const world = await openWorld()
let statements = 0
/** The world, with its statements counted. */
const db: Db = new Proxy(world, {
  get(target, name, receiver) {
    if (name === 'execute') statements++
    const value: unknown = Reflect.get(target, name, receiver)
    return typeof value === 'function' ? value.bind(target) : value
  },
})
const ctx = { db, now: now.getTime() }
beforeEach(() => {
  statements = 0
})

const searchOn = (ahead: number, more: Partial<Search> = {}): Search => {
  const day = indianDay(now.getTime() + ahead * 24 * HOUR_MS)
  return {
    ...{ pickup: bengaluru, dropoff: mysuru, radiusMetres: 2_000, passengerId: uuidv7() },
    ...{
      seats: 1,
      filters: {},
      full: false,
      sort: 'relevance',
      day,
      wantedAt: null,
      ...dayWindow(day),
      ...more,
    },
  }
}

/** Rides of a driver each, an hour from another, some days ahead. */
async function publish(ahead: number, count: number): Promise<void> {
  for (let k = 0; k < count; k++) {
    const driver = await newDriver(world, now, 4)
    const departsAt = new Date(dayWindow(searchOn(ahead).day).earliest + (1 + (k % 20)) * HOUR_MS)
    await publishRoutes(world, { ...driver, papers: [], routes: [draftRoute(now, { departsAt })] }, now)
  }
}

const page = async (search: Search) =>
  (await fillPage(ctx, rankRides(ctx, search, {}), search, 20)).offers.length

test('a search takes one statement, or two where many rides pass', async () => {
  await publish(3, 5)
  expect([await page(searchOn(3)), statements]).toEqual([5, 1])
  await publish(3, 45)
  statements = 0
  expect([await page(searchOn(3)), statements]).toEqual([20, 2])
  statements = 0
  expect([await page(searchOn(3, { sort: 'departure' })), statements]).toEqual([20, 2])
}, 30_000)

test('what there is instead of nothing takes three at most', async () => {
  expect([await page(searchOn(4)), statements]).toEqual([0, 1])
  statements = 0
  const { days } = await findAlternatives(ctx, searchOn(4))
  expect(days).toMatchObject([{ date: searchOn(3).day, count: 50 }])
  expect(statements).toBe(3)
  statements = 0
  expect(await findAlternatives(ctx, searchOn(4, { radiusMetres: 25_000 }))).toMatchObject({ nearby: [] })
  expect(statements).toBe(2)
})

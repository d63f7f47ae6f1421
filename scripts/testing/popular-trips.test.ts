import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { loadRide } from '../../db/queries/rides/load-rides.ts'
import { recountBookings } from '../../db/queries/routes/count-trip.ts'
import { loadPopularTrips } from '../../db/queries/routes/popular-trips.ts'
import { type NewRoute, publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { mondayOf } from '../../packages/calendar/indian-time.ts'
import { segmentFare } from '../../packages/fares/segment-fare.ts'
import { elementAt } from '../../packages/geo/element-at.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { MIN_PEOPLE, tripCell } from '../../packages/routes/trip-cell.ts'
import { countSearch } from '../../workers/routes/count-search.ts'
import { draftRoute, newDriver, newPerson, openWorld } from './open-world.ts'

const now = new Date('2026-12-02T06:00:00Z')
const monday = mondayOf('2026-12-02')
const week = (count: number) => new Date(now.getTime() + count * 7 * 24 * 3600_000)
const mandya = { lat: 12.53, lng: 76.91 }
const mysuru = { lat: 12.3, lng: 76.64 }
const trip = { fromCell: tripCell(mandya), toCell: tripCell(mysuru) }

const db = await openWorld()
const known = new Set<string>()
const redis = {
  set: async (key: string) => (known.has(key) ? null : known.add(key) && 'OK'),
}
const keys = { searches: new Uint8Array(32) }

const search = (userId: string, at = now) =>
  countSearch({ db, redis, keys, actor: { userId }, now: at.getTime() }, mandya, mysuru)
const popular = (since = monday) => loadPopularTrips(db, since, now, week(1))

test('a trip is told when enough people wanted it in one week; how often one of them asked is nothing', async () => {
  const people = Array.from({ length: MIN_PEOPLE }, () => uuidv7())
  for (const person of people.slice(1)) for (let n = 0; n < 3; n++) await search(person)
  // Whoever asks again the week after is the same person.
  for (const person of people.slice(1)) await search(person, week(1))
  expect(await popular()).toEqual([])
  await search(elementAt(people, 0))
  expect(await popular()).toEqual([{ ...trip, fromName: null, toName: null, rides: 0, lowestFare: null }])
  // In five weeks nobody asks for this week any more.
  expect(await popular('2027-01-04')).toEqual([])
  expect(known.size).toBe(2 * MIN_PEOPLE - 1)
  expect([...known].some((key) => people.some((person) => key.includes(person)))).toBe(false)
})

test('it tells what is offered for it, at the lowest fare, and what drivers call its ends', async () => {
  const drafts: NewRoute[] = []
  for (const [n, pricePerSeat] of [30_000, 12_000, 20_000, 30_000, 500].entries()) {
    const driver = await newDriver(db, now, 2)
    // The cheapest departs too late to count.
    const departsAt = new Date(now.getTime() + (n === 4 ? 8 : 1) * 24 * 3600_000)
    const route = { ...draftRoute(now, { departsAt }), pricePerSeat }
    await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
    drafts.push(route)
  }
  const draft = elementAt(drafts, 1)
  const metresAt = (stop: number) => elementAt(draft.vertexMetres, elementAt(draft.stops, stop).vertex)
  const lowestFare = segmentFare(12_000, metresAt(2) - metresAt(1), metresAt(2), 1)
  expect(await popular()).toEqual([{ ...trip, fromName: 'Mandya', toName: 'Mysuru', rides: 4, lowestFare }])
  await db.execute(sql`update routes set archived_at = ${now} where id = ${elementAt(drafts, 0).id}`)
  expect(await popular()).toMatchObject([{ fromName: null, toName: null, rides: 3 }])
})

test('bookings are counted by people, as often as one likes, and old weeks are forgotten', async () => {
  const driver = await newDriver(db, now, 8)
  const draft = draftRoute(now, { departsAt: new Date(now.getTime() + 5 * 24 * 3600_000) }, { seats: 8 })
  await publishRoutes(db, { ...driver, papers: [], routes: [draft] }, now)
  const ride = await loadRide(db, elementAt(draft.rides, 0).id, now)
  const states = ['confirmed', 'confirmed', 'completed', 'rejected', 'cancelled'] as const
  for (const state of states)
    await db.execute(sql`insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
        pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at, fare_amount, currency, created_at, updated_at)
      values (${uuidv7(now.getTime())}, ${uuidv7()}, ${ride?.id}, ${await newPerson(db, now)}, 1, 0, 1, ${state},
        12.97, 77.59, ${now}, -0.04, 76.91, ${now}, 1, 'INR', ${now}, ${now})`)
  const count = () =>
    recountBookings(db, {
      week: monday,
      since: new Date(`${monday}T00:00:00+05:30`),
      forgetBefore: '2026-11-02',
    })
  const Row = z.object({ bookings: z.number(), week: z.string() })
  const rows = () =>
    readRows(
      db,
      sql`select bookings, week from popular_trips where from_cell = '130,776' and to_cell = '0,769'`,
      Row,
    )
  await db.execute(
    sql`insert into popular_trips (from_cell, to_cell, week) values ('130,776', '0,769', '2026-10-05')`,
  )
  for (let n = 0; n < 2; n++) {
    await count()
    expect(await rows()).toEqual([{ bookings: 3, week: monday }])
  }
})

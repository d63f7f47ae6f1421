import { expect, test } from 'vitest'
import { z } from 'zod'
import { addDays, indianDay } from '#packages/calendar/indian-time.ts'
import { call, expectBody } from './client/api.ts'
import { book, sendQuote } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { everyDay, publishWeekly } from './client/routes.ts'
import { newCorridor, type Position, publishTrip } from './client/trips.ts'

const HOUR_MS = 3600_000
const Result = z.looseObject({
  rideId: z.string(),
  quote: z.string(),
  pickup: z.looseObject({ at: z.string(), walk: z.number() }),
})
const Reply = z.object({
  items: z.array(z.looseObject({})),
  nextCursor: z.string().nullable(),
  alternatives: z
    .object({
      days: z.array(z.object({ date: z.string(), count: z.number(), best: Result })),
      nearby: z.array(Result.extend({ widened: z.array(z.string()) })),
    })
    .nullable(),
})

const find = async ({ token }: Person, query: object) =>
  expectBody(await call('POST', '/api/v1/routes/search', { token, body: query }), 200, Reply)
const day = (ahead: number) => indianDay(Date.now() + ahead * 24 * HOUR_MS)
const on = (date: string, time: string) => new Date(`${date}T${time}:00+05:30`).toISOString()
const moved = (stops: Position[], north: number) => stops.map(({ lat, lng }) => ({ lat: lat + north, lng }))

test('where a day has nothing, the nearest days that do are named, with their best ride to book', async () => {
  const passenger = await signIn()
  const stops = newCorridor(2)
  const [pickup, dropoff] = stops
  const at = [
    [day(2), '09:00'],
    [day(2), '18:00'],
    [day(6), '09:00'],
    [day(15), '09:00'],
  ] as const
  const trips = await Promise.all(
    at.map(([date, time]) => publishTrip({ amount: 6_000, stops, departsAt: on(date, time) })),
  )
  const { items, nextCursor, alternatives } = await find(passenger, { pickup, dropoff, date: day(5) })
  expect({ items, nextCursor }).toEqual({ items: [], nextCursor: null })
  expect(alternatives?.days).toMatchObject([
    { date: day(6), count: 1, best: { rideId: trips[2]?.rideId } },
    { date: day(2), count: 2 },
  ])
  expect(alternatives?.nearby).toEqual([])
  expect((await sendQuote(passenger, alternatives?.days[0]?.best.quote ?? '')).status).toBe(201)
  // Of a day the ride that is nearest to the wanted hour; and the same day at another hour counts too.
  const evening = await find(passenger, { pickup, dropoff, at: on(day(5), '18:00') })
  expect(evening.alternatives?.days[1]).toMatchObject({ date: day(2), best: { rideId: trips[1]?.rideId } })
  const noon = await find(passenger, { pickup, dropoff, at: on(day(2), '13:00'), toleranceSeconds: 3600 })
  expect(noon.alternatives?.days[0]).toMatchObject({ date: day(2), count: 2 })
})

test('rides that pass farther away on the day are named, with what was widened for them', async () => {
  const passenger = await signIn()
  const stops = newCorridor(2)
  const [pickup, dropoff] = stops
  const [north] = moved(stops, 0.09)
  // Ten kilometres north at both ends, and at one of them only, later.
  const [both, one, far] = await Promise.all([
    publishTrip({ amount: 6_000, stops: moved(stops, 0.09), departsAt: on(day(3), '09:00') }),
    publishTrip({
      amount: 6_000,
      stops: [north ?? { lat: 0, lng: 0 }, dropoff ?? { lat: 0, lng: 0 }],
      departsAt: on(day(3), '17:00'),
    }),
    publishTrip({ amount: 6_000, stops: moved(stops, 0.3), departsAt: on(day(3), '09:00') }),
  ])
  const query = { pickup, dropoff, at: on(day(3), '09:00'), radiusMetres: 3_000 }
  const { items, alternatives } = await find(passenger, query)
  expect(items).toEqual([])
  expect(alternatives?.days).toEqual([])
  // Ten kilometres on foot weigh more than eight hours.
  expect(alternatives?.nearby).toMatchObject([
    { rideId: one?.rideId, widened: ['pickup', 'time'] },
    { rideId: both?.rideId, widened: ['pickup', 'dropoff'] },
  ])
  expect(alternatives?.nearby.map(({ rideId }) => rideId)).not.toContain(far?.rideId)
  for (const { pickup: place } of alternatives?.nearby ?? []) expect(place.walk).toBeGreaterThan(8_000)
  expect((await find(passenger, { ...query, radiusMetres: 25_000 })).items).toHaveLength(1)
})

test('there are none beside a result, none behind a cursor, none for what has no seats, and none in the past', async () => {
  const passenger = await signIn()
  const { route, stops } = await publishWeekly(everyDay(), { seats: 1 })
  const [pickup, dropoff] = [stops[0], stops.at(-1)]
  const [first] = route.rides
  const date = indianDay(Date.parse(first?.departsAt ?? ''))
  expect((await find(passenger, { pickup, dropoff, date })).alternatives).toBeNull()

  const trip = { driver: passenger, vehicleId: '', routeId: route.id, stops, departsAt: first?.departsAt ?? '' }
  await book({ ...trip, rideId: first?.id ?? '' }, await signIn())
  const full = await find(passenger, { pickup, dropoff, date })
  expect(full.items).toEqual([])
  expect(full.alternatives?.days[0]).toMatchObject({ date: addDays(date, 1), count: 1 })
  expect(full.alternatives?.days.map((each) => each.date)).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((days) => addDays(date, days)),
  )
  const none = { days: [], nearby: [] }
  const two = { pickup, dropoff, date, seats: 2 }
  expect((await find(passenger, two)).alternatives).toEqual(none)
  expect((await find(passenger, { ...two, seats: 1, date: '2020-01-01' })).alternatives).toEqual(none)
  const nowhere = { pickup: { lat: -60, lng: 10 }, dropoff: { lat: -60, lng: 11 }, date }
  expect((await find(passenger, nowhere)).alternatives).toEqual(none)
})

import { beforeAll, expect, test } from 'vitest'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { findOffer, type Offer, search, searchFor } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { newCorridor, type Position, publishTrip, type Trip } from './client/trips.ts'

const HOUR_MS = 3600_000
/** Degrees of latitude that are a good kilometre. */
const KILOMETRE = 0.01

let passenger: Person
let stops: Position[]
let trips: Trip[]
/** Tomorrow noon in India, so that all rides are on one day. */
const day = indianDay(Date.now() + 24 * HOUR_MS)
const at = (hour: number) => new Date(Date.parse(`${day}T00:00:00+05:30`) + hour * HOUR_MS).toISOString()

beforeAll(async () => {
  passenger = await signIn()
  stops = newCorridor(2)
  const north = (km: number) => stops.map(({ lat, lng }) => ({ lat: lat + km * KILOMETRE, lng }))
  // The earlier the dearer, and the dearest the nearest.
  trips = await Promise.all([
    publishTrip({ stops, departsAt: at(8), amount: 7_500 }),
    publishTrip({ stops: north(1), departsAt: at(12), amount: 6_500 }),
    publishTrip({ stops: north(2), departsAt: at(20), amount: 5_500 }),
  ])
})

const wholeDay = () => ({ pickup: stops[0], dropoff: stops[1], date: day, radiusMetres: 5_000 })
const idsOf = (items: readonly Offer[]) => items.map(({ rideId }) => rideId)
const find = async (query: object) => idsOf((await search(passenger, query)).items)
const ordered = (...order: number[]) => order.map((index) => trips[index]?.rideId)

test('each sort puts first what it is named for', async () => {
  expect(await find({ ...wholeDay(), sort: 'departure' })).toEqual(ordered(0, 1, 2))
  expect(await find({ ...wholeDay(), sort: 'price' })).toEqual(ordered(2, 1, 0))
  expect(await find({ ...wholeDay(), sort: 'walk' })).toEqual(ordered(0, 1, 2))
  expect(await find({ ...wholeDay(), sort: 'rating' })).toEqual(ordered(0, 1, 2).toSorted())
  const around = (hour: number) => ({
    ...wholeDay(),
    date: undefined,
    at: at(hour),
    toleranceSeconds: 24 * 3600,
  })
  expect((await find(around(20)))[0]).toEqual(trips[2]?.rideId)
  expect((await find(around(8)))[0]).toEqual(trips[0]?.rideId)
})

test.each(['relevance', 'departure', 'price', 'walk', 'rating'])(
  'pages by %s cover every ride once',
  async (sort) => {
    const whole = await find({ ...wholeDay(), sort })
    expect(whole.toSorted()).toEqual(ordered(0, 1, 2).toSorted())
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof search>> = await search(passenger, {
        ...{ ...wholeDay(), sort, limit: 1 },
        ...(cursor !== null && { cursor }),
      })
      paged.push(...idsOf(page.items))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(whole)
  },
)

test('a cursor is good for its own sort only', async () => {
  const { nextCursor } = await search(passenger, { ...wholeDay(), sort: 'price', limit: 1 })
  const go = (more: object) =>
    call('POST', '/api/v1/routes/search', { token: passenger.token, body: { ...wholeDay(), ...more } })
  expect((await go({ sort: 'price', cursor: nextCursor })).status).toBe(200)
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const id = '0190b3a0-0000-7000-8000-000000000000'
  for (const more of [
    { cursor: nextCursor },
    { sort: 'walk', cursor: nextCursor },
    { cursor: 'x' },
    { cursor: encode(`relevance x ${id}`) },
    { cursor: encode(`relevance 1`) },
    { cursor: encode(`nonsense 1 ${id}`) },
  ])
    expect(await go(more), JSON.stringify(more)).toMatchObject(refusal(422, 'invalid_cursor'))
})

test('a day is India’s, from midnight to midnight', async () => {
  const [late, early] = await Promise.all([
    publishTrip({ departsAt: at(23.9) }),
    publishTrip({ departsAt: at(24.1) }),
  ])
  const onDay = (trip: Trip, date: string) => {
    const { at: _, ...query } = searchFor(trip)
    // Nearby one could get in after midnight.
    return findOffer(trip, passenger, { ...query, date, radiusMetres: 500 })
  }
  const next = indianDay(Date.parse(at(30)))
  expect(await onDay(late, day)).toBeDefined()
  expect(await onDay(late, next)).toBeUndefined()
  expect(await onDay(early, day)).toBeUndefined()
  expect(await onDay(early, next)).toBeDefined()
})

test.each([
  ['at', { date: undefined }],
  ['date', { at: '2027-01-01T00:00:00Z' }],
  ['toleranceSeconds', { toleranceSeconds: 3600 }],
  ['date', { date: '2027-02-30' }],
  ['date', { date: '1999-01-01' }],
  ['sort', { sort: 'distance' }],
])('a search with a wrong %s is refused (case %#)', async (field, change) => {
  const body = { ...wholeDay(), ...change }
  expect(await call('POST', '/api/v1/routes/search', { token: passenger.token, body })).toMatchObject(
    fieldRefusal(field),
  )
})

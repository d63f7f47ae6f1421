import { beforeAll, expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { book, findOffer, quoteFor, search, searchFor, sendQuote } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { middlesOf, moveRide, newCorridor, type Position, publishTrip, type Trip } from './client/trips.ts'

const RADIUS_METRES = 2_000
/** Degrees of latitude that are a good 1 km and a good 3 km. */
const [NEAR, FAR] = [0.009, 0.03]

let passenger: Person
let trip: Trip
let middles: Position[]
beforeAll(async () => {
  passenger = await signIn()
  trip = await publishTrip()
  middles = await middlesOf(trip)
})

const stop = (index: number): Position => trip.stops[index] ?? { lat: 0, lng: 0 }
/** A place on the road between two stops, or north of it: there the road goes east. */
const between = (index: number, north = 0): Position => {
  const { lat, lng } = middles[index] ?? stop(index)
  return { lat: lat + north, lng }
}
const at = (minutes: number) => new Date(Date.parse(trip.departsAt) + minutes * 60_000).toISOString()
const find = (query: object) =>
  findOffer(trip, passenger, { at: trip.departsAt, radiusMetres: RADIUS_METRES, ...query })

test('the whole way is offered for the whole price', async () => {
  expect(await find({ pickup: stop(0), dropoff: stop(3) })).toMatchObject({
    legs: { from: 0, to: 3 },
    seatsLeft: 3,
    fare: { amount: 10_000, currency: 'INR' },
    driver: { id: trip.driver.id },
    pickup: { walk: 0, at: trip.departsAt },
  })
})

test('a place along the road is a pickup, with the walk, the time and the share of the price that it has', async () => {
  const offer = await find({ pickup: between(0, NEAR), dropoff: stop(2) })
  expect(offer).toMatchObject({ legs: { from: 0, to: 2 }, pickup: { walk: expect.any(Number) } })
  const { pickup, fare } = Object(offer)
  expect(pickup.walk).toBeGreaterThan(900)
  expect(pickup.walk).toBeLessThan(1100)
  expect(Date.parse(pickup.at)).toBeGreaterThan(Date.parse(at(10)))
  // One and a half of three equal legs.
  expect(fare.amount).toBeGreaterThan(4900)
  expect(fare.amount).toBeLessThan(5100)
})

test('order matters: nobody is taken backwards', async () => {
  for (const [from, to] of [
    [3, 0],
    [2, 1],
  ] as const)
    expect(await find({ pickup: stop(from), dropoff: stop(to) })).toBeUndefined()
  expect(await find({ pickup: between(1), dropoff: between(0) })).toBeUndefined()
  expect(await find({ pickup: between(0), dropoff: between(1) })).toBeDefined()
})

test('a walk longer than the radius is not offered, at either end', async () => {
  expect(await find({ pickup: between(0, FAR), dropoff: stop(3) })).toBeUndefined()
  expect(await find({ pickup: stop(0), dropoff: between(2, FAR) })).toBeUndefined()
  expect(await find({ pickup: between(0, FAR), dropoff: stop(3), radiusMetres: 5_000 })).toBeDefined()
})

test('a ride at another time is not offered', async () => {
  const whole = { pickup: stop(0), dropoff: stop(3), toleranceSeconds: 3600 }
  for (const minutes of [-62, 75, 24 * 60]) expect(await find({ ...whole, at: at(minutes) })).toBeUndefined()
  for (const minutes of [-58, 58]) expect(await find({ ...whole, at: at(minutes) })).toBeDefined()
  // The time that counts is that of the own pickup, not of the departure.
  const later = { pickup: stop(2), dropoff: stop(3), toleranceSeconds: 600 }
  expect(await find({ ...later, at: trip.departsAt })).toBeUndefined()
  expect(await find({ ...later, at: at(95) })).toBeDefined()
})

test('any radius and any window that hold the ride find it', async () => {
  for (const [radiusMetres, north] of [
    [1_000, 0.006],
    [2_000, 0.015],
    [7_900, 0.06],
    [8_100, 0.06],
    [25_000, 0.2],
  ] as const) {
    for (const hours of [0.5, 3, 6.5, 24]) {
      const query = { pickup: between(0, north), dropoff: between(1, north), at: at(20), radiusMetres }
      const walked = await find({ ...query, toleranceSeconds: hours * 3600 })
      expect([radiusMetres, hours, walked?.legs]).toEqual([radiusMetres, hours, { from: 0, to: 2 }])
      // Roads wind by some 200 m.
      expect(await find({ ...query, radiusMetres: Math.round(north * 111_000) - 400 })).toBeUndefined()
    }
  }
})

test('drivers are not offered their own ride, and everybody else is', async () => {
  const query = searchFor(trip)
  expect(await findOffer(trip, trip.driver, query)).toBeUndefined()
  expect(await findOffer(trip, await signIn(), query)).toBeDefined()
})

test('seats count on the legs that are asked for', async () => {
  const own = await publishTrip({ seats: 2 })
  await book(own, await signIn(), { from: 0, to: 1 })
  const left = async (from: number, to: number, seats = 1) =>
    (await findOffer(own, passenger, searchFor(own, { from, to, seats })))?.seatsLeft
  expect(await left(0, 1)).toBe(1)
  expect(await left(1, 3)).toBe(2)
  expect(await left(0, 3)).toBe(1)
  expect(await left(1, 3, 2)).toBe(2)
  expect(await left(0, 3, 2)).toBeUndefined()
})

test('two seats cost twice', async () => {
  const offer = await findOffer(trip, passenger, searchFor(trip, { seats: 2 }))
  expect(offer?.fare.amount).toBe(20_000)
})

test('a ride that has started or was cancelled is not offered', async () => {
  for (const action of ['start', 'cancel'] as const) {
    const own = await publishTrip()
    expect(await findOffer(own, passenger, searchFor(own))).toBeDefined()
    expect((await moveRide(own, action)).status).toBe(200)
    expect(await findOffer(own, passenger, searchFor(own))).toBeUndefined()
  }
})

test('pages of one cover every ride exactly once, in the order of the whole list', async () => {
  const stops = newCorridor()
  const trips = await Promise.all([1, 2, 3, 4].map(() => publishTrip({ stops })))
  const [first] = trips
  if (!first) throw new Error('no trip')
  const query = { ...searchFor(first), radiusMetres: RADIUS_METRES }
  const whole = await search(passenger, { ...query, limit: 100 })
  expect(whole.nextCursor).toBeNull()
  const paged: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof search>> = await search(passenger, {
      ...{ ...query, limit: 1 },
      ...(cursor !== null && { cursor }),
    })
    expect(page.items).toHaveLength(1)
    paged.push(...page.items.map((item) => item.rideId))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(paged).toEqual(whole.items.map((item) => item.rideId))
  expect(new Set(paged).size).toBe(paged.length)
  expect(paged).toEqual(expect.arrayContaining(trips.map((each) => each.rideId)))
})

test.each([
  ['pickup.lat', { pickup: { lat: 90.1, lng: 0 } }],
  ['dropoff.lng', { dropoff: { lat: 0, lng: '77' } }],
  ['at', { at: 'now' }],
  ['seats', { seats: 9 }],
  ['seats', { seats: 0 }],
  ['radiusMetres', { radiusMetres: 25_001 }],
  ['toleranceSeconds', { toleranceSeconds: 59 }],
  ['limit', { limit: 101 }],
  ['price', { price: 1 }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  const body = { ...searchFor(trip), ...change }
  expect(await call('POST', '/api/v1/routes/search', { token: passenger.token, body })).toMatchObject(
    fieldRefusal(field),
  )
})

test('a quote that was changed is refused', async () => {
  const [head = '', payload = '', signature = ''] = (await quoteFor(trip, passenger)).split('.')
  const offer = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forged = [
    `${head}.${encode({ ...offer, fareAmount: 1 })}.${signature}`,
    `${head}.${encode({ ...offer, exp: offer.exp + 3600 })}.${signature}`,
    `${encode({ alg: 'none', typ: 'quote+jwt' })}.${payload}.`,
    `${head}.${payload}.${signature.slice(0, -2)}`,
    `${head}.${payload}`,
    'x'.repeat(100),
  ]
  for (const quote of forged)
    expect(await sendQuote(passenger, quote)).toMatchObject(refusal(422, 'quote_invalid'))
  expect((await sendQuote(passenger, `${head}.${payload}.${signature}`)).status).toBe(201)
})

test("somebody else's quote and an access token are no quotes of mine", async () => {
  const thief = await signIn()
  const quote = await quoteFor(trip, await signIn())
  for (const stolen of [quote, thief.token])
    expect(await sendQuote(thief, stolen)).toMatchObject(refusal(422, 'quote_invalid'))
})

import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  deleteAlert,
  getAlert,
  listAlerts,
  readAlert,
  ridesOf,
  saveAlert,
  sendAlert,
  wishAlong,
  wishFor,
} from './client/alerts.ts'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { Booking, findOffer, searchFor, sendQuote } from './client/bookings.ts'
import { inDays } from './client/documents.ts'
import { signIn, signInMany } from './client/people.ts'
import { askPlaces, suggest } from './client/places.ts'
import { changeRide, changeRoute, publishWeekly } from './client/routes.ts'
import { inMinutes, newCorridor, publishTrip } from './client/trips.ts'

const DAY_MS = 24 * 3600_000
const days = (count: number) => new Date(Date.now() + count * DAY_MS).toISOString()

test('a ride that is published turns up at once for who saved a search for it, and can be booked from there', async () => {
  const stops = newCorridor()
  const passenger = await signIn()
  const alert = await saveAlert(passenger, wishAlong(stops, { seats: 2 }))
  expect(alert).toMatchObject({
    ...{ matches: 0, seats: 2, filters: {} },
    pickup: { name: 'Home', position: stops[0] },
    dropoff: { name: 'Work', position: stops.at(-1) },
  })
  expect(await readAlert(passenger, alert.id)).toMatchObject({ matches: 0, offers: [] })

  const trip = await publishTrip({ stops })
  await expect.poll(() => ridesOf(passenger, alert.id)).toEqual([trip.rideId])
  const { matches, offers } = await readAlert(passenger, alert.id)
  expect(matches).toBe(1)
  const offer = await findOffer(trip, passenger, searchFor(trip, { seats: 2 }))
  // Another quote for the same.
  const signed = { quote: expect.any(String), quoteExpiresAt: expect.any(String) }
  expect(offers).toEqual([{ ...offer, ...signed }])
  const booking = expectBody(await sendQuote(passenger, offers[0]?.quote ?? ''), 201, Booking)
  expect(booking).toMatchObject({ state: 'confirmed', seats: 2 })
  // One seat is left: two are not to be had there any more.
  expect(await readAlert(passenger, alert.id)).toMatchObject({ matches: 1, offers: [] })
})

test('a search that is saved finds the rides that are there', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const alert = await saveAlert(passenger, wishFor(trip))
  expect(alert.matches).toBe(1)
  expect(await ridesOf(passenger, alert.id)).toEqual([trip.rideId])
  expect(await saveAlert(passenger, wishFor(trip, { seats: 4 }))).toMatchObject({ matches: 0 })
  // The driver looks for others.
  expect(await saveAlert(trip.driver, wishFor(trip))).toMatchObject({ matches: 0 })
})

test('a ride and a search at the same moment find each other, once', async () => {
  const people = await signInMany(4)
  const stops = newCorridor()
  const [trip, ...alerts] = await Promise.all([
    publishTrip({ stops }),
    ...people.map(async (person) => ({ person, id: (await saveAlert(person, wishAlong(stops))).id })),
  ])
  for (const { person, id } of alerts) {
    await expect.poll(() => ridesOf(person, id)).toEqual([trip.rideId])
    expect(await readAlert(person, id)).toMatchObject({ matches: 1 })
  }
})

test('a ride that is moved into the time turns up then, and so does one that gets cheaper', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(600) })
  const passenger = await signIn()
  const early = { earliest: inMinutes(200), latest: inMinutes(400) }
  const timely = await saveAlert(passenger, wishFor(trip, early))
  const cheap = await saveAlert(
    passenger,
    wishFor(trip, { filters: { maxFare: { amount: 9_000, currency: 'INR' } } }),
  )
  expect([timely.matches, cheap.matches]).toEqual([0, 0])
  expect((await changeRide(trip.driver, trip.rideId, { departsAt: inMinutes(300) })).status).toBe(200)
  await expect.poll(() => ridesOf(passenger, timely.id)).toEqual([trip.rideId])
  expect(await ridesOf(passenger, cheap.id)).toEqual([])
  const price = { pricePerSeat: { amount: 9_000, currency: 'INR' } }
  expect((await changeRoute(trip.driver, trip.routeId, price)).status).toBe(200)
  await expect.poll(() => ridesOf(passenger, cheap.id)).toEqual([trip.rideId])
  expect(await readAlert(passenger, timely.id)).toMatchObject({ matches: 1 })
})

test('every week’s rides turn up for who is there for a month, and stops can move although they did', async () => {
  const stops = newCorridor()
  const passenger = await signIn()
  const month = await saveAlert(passenger, wishAlong(stops, { latest: days(30.9) }))
  const day = await saveAlert(passenger, {
    ...wishAlong(stops, { earliest: undefined, latest: undefined, date: inDays(3) }),
    filters: { vehicleKinds: ['sedan', 'hatchback', 'suv'] },
  })
  const { driver, route } = await publishWeekly(undefined, { stops })
  const ahead = route.rides.filter(({ departsAt }) => departsAt < days(30.9)).map(({ id }) => id)
  await expect.poll(async () => (await readAlert(passenger, month.id)).matches).toBe(ahead.length)
  expect(ahead.length).toBeGreaterThan(10)
  expect(await ridesOf(passenger, month.id)).toEqual(ahead.slice(0, 20))
  expect(await ridesOf(passenger, day.id)).toEqual(
    route.rides.filter(({ scheduleDay }) => scheduleDay === inDays(3)).map(({ id }) => id),
  )
  const elsewhere = newCorridor().map((position, n) => ({ name: `Stop ${n}`, position }))
  expect((await changeRoute(driver, route.id, { stops: elsewhere })).status).toBe(200)
  expect(await readAlert(passenger, month.id)).toMatchObject({ matches: 0, offers: [] })
})

const Page = z.object({ items: z.array(z.looseObject({ id: z.string() })), nextCursor: z.string().nullable() })

test('saved searches are listed newest first, in pages, and are gone when they are deleted', async () => {
  const passenger = await signIn()
  const stops = newCorridor()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.unshift((await saveAlert(passenger, wishAlong(stops))).id)
  const first = expectBody(await listAlerts(passenger, '?limit=2'), 200, Page)
  const rest = expectBody(await listAlerts(passenger, `?limit=2&cursor=${first.nextCursor}`), 200, Page)
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids)
  expect(rest.nextCursor).toBeNull()
  expect(await listAlerts(passenger, '?cursor=x')).toMatchObject(refusal(422, 'invalid_cursor'))
  const [newest = ''] = ids
  expect((await deleteAlert(passenger, newest)).status).toBe(204)
  expect(await deleteAlert(passenger, newest)).toMatchObject(refusal(404, 'not_found'))
  expect(await getAlert(passenger, newest)).toMatchObject(refusal(404, 'not_found'))
  expect(expectBody(await listAlerts(passenger), 200, Page).items).toHaveLength(2)
})

test('twenty at a time, also where they are saved at once', async () => {
  const passenger = await signIn()
  const wish = wishAlong(newCorridor())
  const replies = await Promise.all(Array.from({ length: 24 }, () => sendAlert(passenger, wish)))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(20)
  expect(replies.find(({ status }) => status !== 201)).toMatchObject(refusal(409, 'too_many_saved_searches'))
  const [one] = expectBody(await listAlerts(passenger), 200, Page).items
  await deleteAlert(passenger, one?.id ?? '')
  expect((await sendAlert(passenger, wish)).status).toBe(201)
})

test('the same request again saves nothing more', async () => {
  const passenger = await signIn()
  const [wish, key] = [wishAlong(newCorridor()), { 'idempotency-key': crypto.randomUUID() }]
  const [first, again] = [await sendAlert(passenger, wish, key), await sendAlert(passenger, wish, key)]
  expect(again.body).toEqual(first.body)
  expect(expectBody(await listAlerts(passenger), 200, Page).items).toHaveLength(1)
})

test('a stranger sees and deletes nothing', async () => {
  const [passenger, stranger] = [await signIn(), await signIn()]
  const { id } = await saveAlert(passenger, wishAlong(newCorridor()))
  for (const reply of [await getAlert(stranger, id), await deleteAlert(stranger, id)])
    expect(reply).toMatchObject(refusal(404, 'not_found'))
  expect(await listAlerts(stranger)).toMatchObject({ body: { items: [], nextCursor: null } })
  expect((await getAlert(passenger, id)).status).toBe(200)
})

test('the ends can be places', async () => {
  const passenger = await signIn()
  const idOf = async (name: string) => (await suggest(passenger, name))[0]?.placeId ?? ''
  const [from, to] = [await idOf('Salem'), await idOf('Erode')]
  const details = await askPlaces(passenger, `details/${encodeURIComponent(from)}`)
  const alert = await saveAlert(passenger, {
    ...wishAlong([]),
    ...{ pickup: { placeId: from }, dropoff: { placeId: to } },
  })
  expect(alert).toMatchObject({ pickup: { position: Object(details.body).position } })
  expect(
    await sendAlert(passenger, {
      ...wishAlong([]),
      pickup: { placeId: from },
      dropoff: { placeId: 'nowhere' },
    }),
  ).toMatchObject(fieldRefusal('dropoff.placeId', 'place_unknown'))
})

const none = { earliest: undefined, latest: undefined }
test.each([
  ['latest', { latest: days(-0.1), earliest: days(-1) }, 'window_out_of_range'],
  ['latest', { latest: days(181), earliest: days(179) }, 'window_out_of_range'],
  ['earliest', { earliest: days(2), latest: days(1) }, 'window_out_of_range'],
  ['earliest', { latest: days(31.1), earliest: days(0) }, 'window_out_of_range'],
  ['date', { ...none, date: '2025-01-01' }, 'window_out_of_range'],
  ['earliest', { earliest: undefined }],
  ['latest', { latest: undefined }],
  ['earliest', { latest: undefined, date: inDays(1) }],
  ['pickupName', { pickupName: ' ' }],
  ['dropoffName', { dropoffName: undefined }],
  ['pickup.lat', { pickup: { lat: 91, lng: 0 } }],
  ['radiusMetres', { radiusMetres: 25_001 }],
  ['seats', { seats: 9 }],
  ['filters.quiet', { filters: { quiet: true } }],
  ['full', { full: true }],
])('a wrong %s is refused (case %#)', async (field, change, code = 'invalid_fields') => {
  const stops = newCorridor()
  const reply = await sendAlert(await signIn(), wishAlong(stops, change))
  expect(reply).toMatchObject(fieldRefusal(field, code))
})

test('the export has them, with what was found', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const { id } = await saveAlert(passenger, wishFor(trip))
  const exported = await call('GET', '/api/v1/auth/account/export', { token: passenger.token })
  expect(exported.body).toMatchObject({
    savedSearches: [{ id, pickup: { name: 'Home', ...trip.stops[0] }, seats: 1, rideIds: [trip.rideId] }],
  })
})

import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { signIn, signInDriver } from './client/people.ts'
import {
  inMinutes,
  moveRide,
  newCorridor,
  newRoute,
  publish,
  publishTrip,
  registerVehicle,
} from './client/trips.ts'

const MAX_STOPS = 20
const List = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })

test('a route is published with its ride, and everybody signed in can read both', async () => {
  const trip = await publishTrip({ stopCount: 4, seats: 2 })
  const { token } = await signIn()
  const route = await call('GET', `/api/v1/routes/${trip.routeId}`, { token })
  expect(route).toMatchObject({
    status: 200,
    body: {
      driver: { id: trip.driver.id, name: 'Asha' },
      pathSource: 'google_routes',
      stops: trip.stops.map((position, n) => ({ name: `Stop ${n}`, position })),
      rides: [{ id: trip.rideId, status: 'scheduled', departsAt: trip.departsAt }],
    },
  })
  const free = { capacity: 2, taken: 0 }
  expect(await call('GET', `/api/v1/rides/${trip.rideId}`, { token })).toMatchObject({
    status: 200,
    body: {
      routeId: trip.routeId,
      status: 'scheduled',
      legs: [free, free, free],
      startedAt: null,
      endedAt: null,
    },
  })
})

test('distances and durations grow along the stops, and the ride arrives after the last', async () => {
  const trip = await publishTrip()
  const Stops = z.object({ stops: z.array(z.object({ distance: z.number(), duration: z.number() })) })
  const reply = await call('GET', `/api/v1/routes/${trip.routeId}`, { token: trip.driver.token })
  const { stops } = expectBody(reply, 200, Stops)
  expect(stops[0]).toEqual({ distance: 0, duration: 0 })
  for (const [n, stop] of stops.entries()) {
    expect(stop.distance).toBeGreaterThanOrEqual(n === 0 ? 0 : (stops[n - 1]?.distance ?? 0) + 25_000)
    expect(stop.duration).toBeGreaterThanOrEqual(n === 0 ? 0 : (stops[n - 1]?.duration ?? 0) + 1000)
  }
  const Ride = z.object({ departsAt: z.string(), arrivesAt: z.string() })
  const ride = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: trip.driver.token })
  const { departsAt, arrivesAt } = expectBody(ride, 200, Ride)
  const driven = (Date.parse(arrivesAt) - Date.parse(departsAt)) / 1000
  expect(driven).toBeGreaterThanOrEqual(stops.at(-1)?.duration ?? 0)
})

test('a route without stops, with one, with too many or with stops at one place is refused', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const [a = { lat: 0, lng: 0 }, b = a] = newCorridor()
  for (const stops of [[], [a], newCorridor(MAX_STOPS + 1)])
    expect(await publish(driver, newRoute(vehicleId, { stops }))).toMatchObject(fieldRefusal('stops'))
  expect(await publish(driver, newRoute(vehicleId, { stops: [a, b, b] }))).toMatchObject(
    fieldRefusal('stops.2.position'),
  )
  const far = { lat: a.lat + 20, lng: a.lng }
  expect(await publish(driver, newRoute(vehicleId, { stops: [a, far] }))).toMatchObject(
    fieldRefusal('stops.1.position'),
  )
  expect(await publish(driver, newRoute(vehicleId, { stops: [a, { lat: 91, lng: 0 }] }))).toMatchObject(
    fieldRefusal('stops.1.position.lat'),
  )
  const most = newRoute(vehicleId, { stops: newCorridor(MAX_STOPS) })
  expect((await publish(driver, most)).status).toBe(201)
})

test('the price may reach the cap and not pass it', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const route = newRoute(vehicleId, { amount: 100_000_00 })
  const refused = await publish(driver, route)
  expect(refused).toMatchObject(fieldRefusal('pricePerSeat.amount', 'price_above_cap'))
  const { detail } = expectBody(refused, 422, z.object({ detail: z.string() }))
  const cap = Number(/\d+/.exec(detail)?.[0])
  const priced = (amount: number) => ({ ...route, pricePerSeat: { amount, currency: 'INR' } })
  expect(await publish(driver, priced(cap + 1))).toMatchObject(
    fieldRefusal('pricePerSeat.amount', 'price_above_cap'),
  )
  expect((await publish(driver, priced(cap))).status).toBe(201)
})

test.each([
  ['in the past', -10],
  ['in a minute', 1],
  ['in half a year and more', 181 * 24 * 60],
])('a departure %s is refused', async (_, minutes) => {
  const driver = await signInDriver()
  const route = newRoute(await registerVehicle(driver), { departsAt: inMinutes(minutes) })
  expect(await publish(driver, route)).toMatchObject(fieldRefusal('departsAt', 'departure_out_of_range'))
})

test.each([
  ['pricePerSeat.amount', { pricePerSeat: { amount: -1, currency: 'INR' } }],
  ['pricePerSeat.amount', { pricePerSeat: { amount: 0.5, currency: 'INR' } }],
  ['pricePerSeat.currency', { pricePerSeat: { amount: 1, currency: 'USD' } }],
  ['departsAt', { departsAt: 'tomorrow' }],
  ['departsAt', { departsAt: '2027-02-30T10:00:00Z' }],
  ['departsAt', { departsAt: '2027-01-10T10:00:00' }],
  ['seats', { seats: 0 }],
  ['bookingMode', { bookingMode: 'auction' }],
  ['vehicleId', { vehicleId: 'mine' }],
  ['notes', { notes: 'x'.repeat(501) }],
  ['note', { note: 'misspelt' }],
  [
    'stops.0.name',
    { stops: newCorridor(2).map((position, n) => ({ name: n === 0 ? '\uDFFF' : 'B', position })) },
  ],
])('a wrong %s is refused (case %#)', async (field, change) => {
  const driver = await signInDriver()
  const route = { ...newRoute(crypto.randomUUID()), ...change }
  expect(await publish(driver, route)).toMatchObject(fieldRefusal(field))
})

test("another driver's vehicle, and more seats than one's own has, are refused", async () => {
  const [driver, stranger] = [await signInDriver(), await signInDriver()]
  const theirs = await registerVehicle(stranger)
  for (const vehicleId of [theirs, crypto.randomUUID()])
    expect(await publish(driver, newRoute(vehicleId))).toMatchObject(
      fieldRefusal('vehicleId', 'vehicle_required'),
    )
  const own = await registerVehicle(driver, { seats: 2 })
  expect(await publish(driver, newRoute(own, { seats: 3 }))).toMatchObject(
    fieldRefusal('seats', 'seats_above_capacity'),
  )
  expect((await publish(driver, newRoute(own, { seats: 2 }))).status).toBe(201)
})

test('a driver cannot be on two rides at a time, but on one after the other', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(60) })
  const { driver, vehicleId } = trip
  const inBetween = newRoute(vehicleId, { departsAt: inMinutes(90) })
  expect(await publish(driver, inBetween)).toMatchObject(refusal(409, 'ride_overlap'))
  const endsWithin = newRoute(vehicleId, { departsAt: inMinutes(15) })
  expect(await publish(driver, endsWithin)).toMatchObject(refusal(409, 'ride_overlap'))
  expect((await publish(driver, newRoute(vehicleId, { departsAt: inMinutes(600) }))).status).toBe(201)
  // A ride that was cancelled is in nobody's way.
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect((await publish(driver, inBetween)).status).toBe(201)
})

test('what is refused leaves nothing behind', async () => {
  const { driver, vehicleId, routeId, rideId } = await publishTrip({ departsAt: inMinutes(60) })
  await publish(driver, newRoute(vehicleId, { departsAt: inMinutes(61) }))
  const only = (id: string) => ({ status: 200, body: { items: [{ id }], nextCursor: null } })
  const { token } = driver
  expect(await call('GET', `/api/v1/routes/driver/${driver.id}`, { token })).toMatchObject(only(routeId))
  expect(await call('GET', '/api/v1/rides', { token })).toMatchObject(only(rideId))
})

test("a driver's routes and rides come in pages, newest first, each once", async () => {
  const { driver, vehicleId, ...first } = await publishTrip({ departsAt: inMinutes(60) })
  const made = [first]
  for (const hours of [10, 20])
    made.unshift(await publishTrip({ driver, vehicleId, departsAt: inMinutes(hours * 60) }))
  const walk = async (path: string) => {
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({ limit: '2', ...(cursor !== null && { cursor }) })
      const page = expectBody(await call('GET', `${path}?${query}`, { token: driver.token }), 200, List)
      ids.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor !== null)
    return ids
  }
  expect(await walk(`/api/v1/routes/driver/${driver.id}`)).toEqual(made.map((trip) => trip.routeId))
  expect(await walk('/api/v1/rides')).toEqual(made.map((trip) => trip.rideId))
})

import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { book, findOffer, quoteFor, readBooking, searchFor, sendQuote } from './client/bookings.ts'
import { signIn, signInDriver, signInMany } from './client/people.ts'
import { changeRoute, deleteRoute, publishWeekly, Route, readChanges, readRoute } from './client/routes.ts'
import {
  addVehicle,
  inMinutes,
  moveRide,
  newCorridor,
  publishTrip,
  registerVehicle,
  seatsTaken,
} from './client/trips.ts'

const price = (amount: number) => ({ pricePerSeat: { amount, currency: 'INR' } })
const named = (stops: object[], name = 'New') =>
  stops.map((position, n) => ({ name: `${name} ${n}`, position }))

test('what is given changes, what is left out stays, and null clears', async () => {
  const { driver, routeId, rideId } = await publishTrip()
  const change = {
    ...{ seats: 2, bookingMode: 'approval', notes: 'Two bags each', luggage: 'large' },
    ...{ detourSeconds: 600, amenities: ['music'], ...price(9_000) },
  }
  const before = await readRoute(driver, routeId)
  expect(await changeRoute(driver, routeId, change)).toMatchObject({
    status: 200,
    body: { ...before, ...change, updatedAt: expect.any(String) },
  })
  const ride = await call('GET', `/api/v1/rides/${rideId}`, { token: driver.token })
  expect(ride.body).toMatchObject({ legs: [{ capacity: 2 }, { capacity: 2 }, { capacity: 2 }] })
  expect(await changeRoute(driver, routeId, { notes: null })).toMatchObject({
    status: 200,
    body: { ...change, notes: null },
  })
  expect(await changeRoute(driver, routeId, {})).toMatchObject({ status: 200 })
})

test('who has booked keeps the fare, and who was quoted before is asked to search again', async () => {
  const trip = await publishTrip()
  const [booked, quoted] = await signInMany(2)
  if (!booked || !quoted) throw new Error('nobody came')
  const booking = await book(trip, booked)
  const quote = await quoteFor(trip, quoted)
  expect((await changeRoute(trip.driver, trip.routeId, price(9_000))).status).toBe(200)
  expect(await readBooking(booking, booked)).toMatchObject({ fare: { amount: 10_000 } })
  expect(await sendQuote(quoted, quote)).toMatchObject(refusal(409, 'quote_outdated'))
  expect(await findOffer(trip, quoted, searchFor(trip))).toMatchObject({ fare: { amount: 9_000 } })
})

test('seats may be lowered to what is sold, not below', async () => {
  const trip = await publishTrip({ seats: 3 })
  const [first, second] = await signInMany(2)
  if (!first || !second) throw new Error('nobody came')
  await book(trip, first, { from: 0, to: 2 })
  await book(trip, second, { from: 1, to: 3 })
  expect(await changeRoute(trip.driver, trip.routeId, { seats: 1 })).toMatchObject({
    ...refusal(409, 'seats_promised'),
    body: { errors: [{ path: 'seats' }] },
  })
  expect((await changeRoute(trip.driver, trip.routeId, { seats: 2 })).status).toBe(200)
  expect(await findOffer(trip, await signIn(), searchFor(trip, { from: 2, to: 3, seats: 1 }))).toMatchObject({
    seatsLeft: 1,
  })
})

test('a price above the cap, and more seats than the vehicle has, are refused', async () => {
  const { driver, routeId } = await publishTrip()
  expect(await changeRoute(driver, routeId, price(100_000_00))).toMatchObject(
    fieldRefusal('pricePerSeat.amount', 'price_above_cap'),
  )
  expect(await changeRoute(driver, routeId, { seats: 5 })).toMatchObject(
    fieldRefusal('seats', 'seats_above_capacity'),
  )
})

test('luggage and notes are told to who has booked', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger)
  await changeRoute(trip.driver, trip.routeId, { luggage: 'none', notes: 'The boot is full', ...price(9_000) })
  const changes = await readChanges(passenger, trip.rideId)
  expect(changes.status).toBe(200)
  expect(Object(changes.body).items).toHaveLength(2)
  expect(Object(changes.body).items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'luggage', material: false, from: 'medium', to: 'none' }),
      expect.objectContaining({ kind: 'notes', from: null, to: 'The boot is full' }),
    ]),
  )
  expect(await readChanges(await signIn(), trip.rideId)).toMatchObject(refusal(404, 'not_found'))
})

test('a route for women only is neither made nor unmade under its passengers', async () => {
  const trip = await publishTrip()
  expect(await changeRoute(trip.driver, trip.routeId, { womenOnly: true })).toMatchObject(
    refusal(403, 'women_only_driver'),
  )
  await call('PUT', '/api/v1/auth/profile', { token: trip.driver.token, body: { gender: 'female' } })
  expect((await changeRoute(trip.driver, trip.routeId, { womenOnly: true })).status).toBe(200)
  expect((await changeRoute(trip.driver, trip.routeId, { womenOnly: false })).status).toBe(200)
  await book(trip, await signIn())
  expect(await changeRoute(trip.driver, trip.routeId, { womenOnly: true })).toMatchObject(
    refusal(409, 'route_in_use'),
  )
})

test('stops get new names at any time, and new places until somebody has booked', async () => {
  const trip = await publishTrip()
  const { driver, routeId } = trip
  const places = newCorridor(3)
  const moved = expectBody(await changeRoute(driver, routeId, { stops: named(places) }), 200, Route)
  expect(moved.stops.map(({ name }) => name)).toEqual(['New 0', 'New 1', 'New 2'])
  expect(moved.rides).toMatchObject([{ id: trip.rideId, departsAt: trip.departsAt }])
  const here = { ...trip, stops: places }
  expect(await seatsTaken(here)).toEqual([0, 0])
  const passenger = await signIn()
  expect(await findOffer(trip, passenger, searchFor(trip))).toBeUndefined()
  await book(here, passenger, { from: 0, to: 1 })

  const renamed = named(places, 'Renamed')
  expect(await changeRoute(driver, routeId, { stops: renamed })).toMatchObject({
    status: 200,
    body: { stops: renamed },
  })
  expect(await changeRoute(driver, routeId, { stops: named(newCorridor(3)) })).toMatchObject({
    ...refusal(409, 'route_in_use'),
    body: { errors: [{ path: 'stops' }] },
  })
  const [a] = places
  expect(await changeRoute(driver, routeId, { stops: named([a ?? {}, a ?? {}]) })).toMatchObject(
    fieldRefusal('stops.1.position'),
  )
})

test('a longer way that runs into the next ride is refused whole', async () => {
  const { driver, vehicleId, routeId, stops } = await publishTrip({
    departsAt: inMinutes(60),
    stopCount: 2,
    amount: 5_000,
  })
  await publishTrip({ driver, vehicleId, departsAt: inMinutes(180), stopCount: 2, amount: 5_000 })
  const [start = { lat: 0, lng: 0 }] = stops
  const far = named([start, { lat: start.lat + 3, lng: start.lng }])
  const before = await readRoute(driver, routeId)
  expect(await changeRoute(driver, routeId, { stops: far })).toMatchObject(refusal(409, 'ride_overlap'))
  expect(await readRoute(driver, routeId)).toEqual(before)
})

test('another vehicle takes over the rides on which nobody sits', async () => {
  const { driver, route, stops } = await publishWeekly()
  const [first, second] = route.rides
  if (!first || !second) throw new Error('no rides')
  await book(
    { driver, vehicleId: '', routeId: route.id, rideId: first.id, stops, departsAt: first.departsAt },
    await signIn(),
  )
  const other = await registerVehicle(driver, { make: 'Tata', seats: 2 })
  expect(await changeRoute(driver, route.id, { vehicleId: other })).toMatchObject(
    fieldRefusal('seats', 'seats_above_capacity'),
  )
  expect((await changeRoute(driver, route.id, { vehicleId: other, seats: 2 })).status).toBe(200)
  const makeOf = async (id: string) =>
    Object((await call('GET', `/api/v1/rides/${id}`, { token: driver.token })).body).vehicle.make
  expect([await makeOf(first.id), await makeOf(second.id)]).toEqual(['Maruti Suzuki', 'Tata'])

  const unready = await addVehicle(driver)
  expect(await changeRoute(driver, route.id, { vehicleId: unready.id })).toMatchObject(
    refusal(403, 'documents_required'),
  )
  expect(await changeRoute(driver, route.id, { vehicleId: crypto.randomUUID() })).toMatchObject(
    fieldRefusal('vehicleId', 'vehicle_required'),
  )
})

test('a route is taken back with its rides, unless somebody relies on one', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect(await deleteRoute(trip.driver, trip.routeId)).toMatchObject(refusal(409, 'route_in_use'))
  await call('POST', `/api/v1/bookings/${booking.id}/cancel`, { token: passenger.token })
  const quote = await quoteFor(trip, passenger)
  expect((await deleteRoute(trip.driver, trip.routeId)).status).toBe(204)
  expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'ride_departed'))
  expect(await findOffer(trip, passenger, searchFor(trip))).toBeUndefined()
  const ride = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: passenger.token })
  expect(ride).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  for (const reply of [
    await deleteRoute(trip.driver, trip.routeId),
    await changeRoute(trip.driver, trip.routeId, { seats: 1 }),
  ])
    expect(reply).toMatchObject(refusal(404, 'not_found'))
})

test('a route is not taken back while its ride is under way, and is afterwards', async () => {
  const trip = await publishTrip()
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await deleteRoute(trip.driver, trip.routeId)).toMatchObject(refusal(409, 'route_in_use'))
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect((await deleteRoute(trip.driver, trip.routeId)).status).toBe(204)
  const ride = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: trip.driver.token })
  expect(ride.body).toMatchObject({ status: 'completed' })
})

test("another driver's route cannot be changed or taken back, and who drives nothing is told why", async () => {
  const trip = await publishTrip()
  const stranger = await signInDriver()
  expect(await changeRoute(stranger, trip.routeId, { seats: 1 })).toMatchObject(refusal(404, 'not_found'))
  expect(await deleteRoute(stranger, trip.routeId)).toMatchObject(refusal(404, 'not_found'))
  const passenger = await signIn()
  expect(await changeRoute(passenger, trip.routeId, {})).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await deleteRoute(passenger, trip.routeId)).toMatchObject(refusal(403, 'driver_profile_required'))
  expect((await readRoute(trip.driver, trip.routeId)).updatedAt).toBeNull()
})

test.each([
  ['seats', { seats: 0 }],
  ['stops', { stops: [] }],
  ['pricePerSeat', { pricePerSeat: null }],
  ['schedule', { schedule: null }],
  ['departsAt', { departsAt: inMinutes(60) }],
  ['detourSeconds', { detourSeconds: -1 }],
])('a wrong %s is refused', async (field, change) => {
  const driver = await signInDriver()
  expect(await changeRoute(driver, crypto.randomUUID(), change)).toMatchObject(fieldRefusal(field))
})

test('others see the open routes of a driver, and the driver all', async () => {
  const trip = await publishTrip()
  const list = async (token: string) =>
    Object((await call('GET', `/api/v1/routes/driver/${trip.driver.id}`, { token })).body).items
  const other = await signIn()
  expect(await list(other.token)).toMatchObject([{ id: trip.routeId, luggage: 'medium', skippedDays: [] }])
  await moveRide(trip, 'cancel')
  expect(await list(other.token)).toEqual([])
  expect(await list(trip.driver.token)).toMatchObject([{ id: trip.routeId }])
})

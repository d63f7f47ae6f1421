import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, quoteFor, sendQuote, sendQuoteFor } from './client/bookings.ts'
import { type Person, signIn, signInDriver, signInMany } from './client/people.ts'
import { seatsOf } from './client/seats.ts'
import { publishTrip, registerVehicle, seatsTaken, type Trip } from './client/trips.ts'

const MAP = {
  ...{ rows: 2, columns: 3 },
  seats: seatsOf(
    ['1A', 'passenger'],
    ['1C', 'driver'],
    ['2A', 'passenger'],
    ['2B', 'blocked'],
    ['2C', 'passenger'],
  ),
}

/** A trip in a car whose seats have names: three for passengers. */
async function mappedTrip(
  options: { seats?: number; bookingMode?: 'instant' | 'approval' } = {},
): Promise<Trip> {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const path = `/api/v1/driver/vehicles/${vehicleId}/seats`
  expect((await call('POST', path, { token: driver.token, body: MAP })).status).toBe(201)
  return await publishTrip({ driver, vehicleId, ...options })
}

const RideSeats = z.object({
  seatsLeft: z.number(),
  seats: z.array(z.object({ id: z.string(), kind: z.string(), free: z.boolean() })),
})
const readSeats = (trip: Trip, person: Person, query = '') =>
  call('GET', `/api/v1/rides/${trip.rideId}/seats${query}`, { token: person.token })

/** The ids of the seats that are free on a part of the way. */
async function freeSeats(trip: Trip, person: Person, query = ''): Promise<string[]> {
  const { seats } = expectBody(await readSeats(trip, person, query), 200, RideSeats)
  return seats.filter(({ free }) => free).map(({ id }) => id)
}

test('a seat is taken on the legs of its passenger, and free on the others', async () => {
  const trip = await mappedTrip()
  const [passenger, other] = await signInMany(2)
  if (!passenger || !other) throw new Error('nobody came')
  const booking = await book(trip, passenger, { to: 2, seats: 2 }, ['2C', '1A'])
  expect(booking.seatIds).toEqual(['1A', '2C'])
  expect(await readSeats(trip, other)).toMatchObject({
    status: 200,
    body: { rideId: trip.rideId, legs: { from: 0, to: 3 }, seatsLeft: 1, version: 1, rows: 2, columns: 3 },
  })
  expect(await freeSeats(trip, other)).toEqual(['2A'])
  expect(await freeSeats(trip, other, '?from=1&to=2')).toEqual(['2A'])
  expect(await freeSeats(trip, other, '?from=2')).toEqual(['1A', '2A', '2C'])
  // Of the passengers nothing is to be seen.
  expect(JSON.stringify((await readSeats(trip, other)).body)).not.toContain(passenger.id)

  expect(await sendQuoteFor(other, await quoteFor(trip, other, { from: 1 }), ['1A'])).toMatchObject(
    refusal(409, 'seat_taken'),
  )
  expect((await book(trip, other, { from: 2 }, ['1A'])).seatIds).toEqual(['1A'])
  expect(await seatsTaken(trip)).toEqual([2, 2, 1])
})

test.each(['cancel', 'reject'] as const)('after %s the seat can be taken again', async (action) => {
  const trip = await mappedTrip({ bookingMode: 'approval' })
  const [passenger, other] = await signInMany(2)
  if (!passenger || !other) throw new Error('nobody came')
  const booking = await book(trip, passenger, {}, ['2A'])
  expect(await freeSeats(trip, other)).toEqual(['1A', '2C'])
  expect((await actOn(booking, action === 'cancel' ? passenger : trip.driver, action)).status).toBe(200)
  expect(await freeSeats(trip, other)).toEqual(['1A', '2A', '2C'])
  expect((await book(trip, other, {}, ['2A'])).seatIds).toEqual(['2A'])
})

test('seats that are not to be had are refused by field', async () => {
  const trip = await mappedTrip()
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger, { seats: 2 })
  const refused = async (seatIds: string[]) => await sendQuoteFor(passenger, quote, seatIds)
  // The driver's, one that is blocked, one that is not there.
  for (const id of ['1C', '2B', '9Z'])
    expect(await refused(['1A', id])).toMatchObject(fieldRefusal('seatIds.1', 'seat_unknown'))
  expect(await refused(['1A'])).toMatchObject(fieldRefusal('seatIds'))
  expect(await refused(['1A', '2A', '2C'])).toMatchObject(fieldRefusal('seatIds'))
  expect(await refused(['1A', '1A'])).toMatchObject(fieldRefusal('seatIds'))
  expect(await refused([])).toMatchObject(fieldRefusal('seatIds'))
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  expect((await refused(['1A', '2A'])).status).toBe(201)
})

test('a ride without a seat map has no seats to choose', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  expect(await sendQuoteFor(passenger, quote, ['1A'])).toMatchObject(fieldRefusal('seatIds', 'seat_unknown'))
  expect(await readSeats(trip, passenger)).toMatchObject(refusal(409, 'seats_not_named'))
  expect((await book(trip, passenger)).seatIds).toEqual([])
})

test('parts of the way that the ride does not have are refused', async () => {
  const trip = await mappedTrip()
  const passenger = await signIn()
  expect(await readSeats(trip, passenger, '?to=4')).toMatchObject(fieldRefusal('to'))
  expect(await readSeats(trip, passenger, '?from=2&to=2')).toMatchObject(fieldRefusal('from'))
  expect(await readSeats(trip, passenger, '?from=3')).toMatchObject(fieldRefusal('from'))
  expect(await readSeats(trip, passenger, '?from=-1')).toMatchObject(fieldRefusal('from'))
  expect(await readSeats({ ...trip, rideId: crypto.randomUUID() }, passenger)).toMatchObject(
    refusal(404, 'not_found'),
  )
})

test('who names no seat gets the one whose free stretch is the shortest, from the front', async () => {
  const trip = await mappedTrip()
  const [a, b, c, d] = await signInMany(4)
  if (!a || !b || !c || !d) throw new Error('nobody came')
  expect((await book(trip, a, { to: 1 })).seatIds).toEqual(['1A'])
  // 1A is free from here to the end, the others all the way: those stay for who goes far.
  expect((await book(trip, b, { from: 1 })).seatIds).toEqual(['1A'])
  expect((await book(trip, c, { seats: 2 })).seatIds).toEqual(['2A', '2C'])
})

test('where no seat is free all the way capacity decides, and the passenger has no seat by name', async () => {
  const trip = await mappedTrip({ seats: 3 })
  const [a, b, c, d] = await signInMany(4)
  if (!a || !b || !c || !d) throw new Error('nobody came')
  await book(trip, a, { to: 1 }, ['1A'])
  await book(trip, b, { from: 1, to: 2 }, ['2A'])
  await book(trip, c, { from: 2 }, ['2C'])
  expect((await book(trip, d, { seats: 2 })).seatIds).toEqual([])
  expect(await seatsTaken(trip)).toEqual([3, 3, 3])
  expect(await freeSeats(trip, d, '?to=1')).toEqual(['2A', '2C'])
  expect(expectBody(await readSeats(trip, d, '?to=1'), 200, RideSeats).seatsLeft).toBe(0)
})

test('one seat wanted by many at once is one person’s', async () => {
  const trip = await mappedTrip()
  const people = await signInMany(6)
  const quotes = await Promise.all(people.map((person) => quoteFor(trip, person)))
  const replies = await Promise.all(people.map((person, n) => sendQuoteFor(person, quotes[n] ?? '', ['2A'])))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const reply of replies.filter(({ status }) => status !== 201))
    expect(reply).toMatchObject(refusal(409, 'seat_taken'))
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('those who name none get different seats, at once too', async () => {
  const trip = await mappedTrip()
  const people = await signInMany(6)
  const quotes = await Promise.all(people.map((person) => quoteFor(trip, person)))
  const replies = await Promise.all(people.map((person, n) => sendQuote(person, quotes[n] ?? '')))
  const booked = replies.filter(({ status }) => status === 201)
  const seatIds = booked.flatMap(({ body }) => z.object({ seatIds: z.array(z.string()) }).parse(body).seatIds)
  expect(seatIds.toSorted()).toEqual(['1A', '2A', '2C'])
})

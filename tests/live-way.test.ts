import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { decodePolyline } from '../packages/geo/polyline.ts'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, book, findOffer, searchFor, sendQuote } from './client/bookings.ts'
import { LiveClient } from './client/live-client.ts'
import { type Person, signIn } from './client/people.ts'
import { moveRide, type Position, publishTrip, type Trip } from './client/trips.ts'

const open: LiveClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function join(trip: Trip, person: Person): Promise<LiveClient> {
  const client = await LiveClient.join(trip, { token: person.token })
  open.push(client)
  return client
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
const fixAt = (position: Position | undefined, seconds: number) => ({
  ...position,
  accuracy: 8,
  at: ago(seconds),
})

const report = (driver: Person, body: object) =>
  call('PUT', '/api/v1/driver/location', { token: driver.token, body })
const locate = (trip: Trip, person?: Person) =>
  call('GET', `/api/v1/rides/${trip.rideId}/location`, { token: person?.token })
const traceOf = (trip: Trip, person?: Person) =>
  call('GET', `/api/v1/rides/${trip.rideId}/trace`, { token: person?.token })

const Ride = z.object({ stops: z.array(z.object({ duration: z.number() })) })

/** Books the last leg, asking for when the car will be there. */
async function bookLast(trip: Trip, person: Person): Promise<void> {
  const part = { from: trip.stops.length - 2, to: trip.stops.length - 1 }
  const reply = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: person.token })
  const duration = expectBody(reply, 200, Ride).stops[part.from]?.duration ?? 0
  const at = new Date(Date.parse(trip.departsAt) + duration * 1000).toISOString()
  const offer = await findOffer(trip, person, { ...searchFor(trip, part), at })
  expect((await sendQuote(person, offer?.quote ?? '')).status).toBe(201)
}

/** A trip that has started, with a passenger from its first stop on and one who gets on hours later. */
async function startedTrip() {
  const trip = await publishTrip({ stopCount: 6 })
  const [anna, later] = [await signIn(), await signIn()]
  const booking = await book(trip, anna, { from: 0, to: 5 })
  await bookLast(trip, later)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  return { trip, driver: trip.driver, anna, later, booking }
}

test('over REST a driver reports, with what the phone has kept, and passengers look; each in their time', async () => {
  const { trip, driver, anna, later } = await startedTrip()
  const watching = await join(trip, anna)
  expect(await locate(trip, anna)).toMatchObject({ status: 200, body: { position: null, positionsFrom: null } })

  const start = trip.stops[0] ?? { lat: 0, lng: 0 }
  const earlier = [30, 20, 10].map((seconds) =>
    fixAt({ lat: start.lat, lng: start.lng - seconds / 1e4 }, seconds),
  )
  const reported = await report(driver, { ...fixAt(start, 0), heading: 90, speed: 9.5, earlier })
  expect(reported).toMatchObject({ status: 200, body: { ride: { id: trip.rideId, accepted: 4 } } })
  const known = await report(driver, { ...fixAt(start, 60), earlier })
  expect(known).toMatchObject({ body: { ride: { accepted: 0 } } })

  await watching.until(() => watching.heard('position').length > 0)
  expect(watching.heard('position')).toMatchObject([{ ...start, speed: 9.5 }])
  const looked = await locate(trip, anna)
  expect(looked).toMatchObject({ body: { ride: { status: 'started' }, position: { ...start, stale: false } } })
  expect(await locate(trip, driver)).toMatchObject({ body: { position: start } })
  const tooEarly = await locate(trip, later)
  expect(tooEarly).toMatchObject({
    status: 200,
    body: { position: null, eta: null, positionsFrom: expect.any(String) },
  })
  const socket = await join(trip, later)
  expect(socket.heard('snapshot')[0]).toMatchObject({ position: null, you: { role: 'passenger' } })
  expect(Date.parse(socket.heard('snapshot')[0]?.you.positionsFrom ?? '')).toBeGreaterThan(Date.now())
})

test('who has no business on a ride sees nothing of its way', async () => {
  const trip = await publishTrip()
  const stranger = await signIn()
  for (const ask of [locate, traceOf]) {
    expect(await ask(trip, stranger)).toMatchObject(refusal(403, 'not_on_ride'))
    expect(await ask(trip)).toMatchObject(refusal(401, 'unauthenticated'))
    expect(await ask({ ...trip, rideId: crypto.randomUUID() }, stranger)).toMatchObject(
      refusal(404, 'not_found'),
    )
  }
  expect(await traceOf(trip, trip.driver)).toMatchObject(refusal(404, 'not_found'))
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect(await locate(trip, trip.driver)).toMatchObject(refusal(409, 'ride_not_live'))
})

test('arrival times and what happens on the way come to whom they concern', async () => {
  const { trip, driver, anna, later, booking } = await startedTrip()
  const [car, passenger, other] = [await join(trip, driver), await join(trip, anna), await join(trip, later)]
  const [start] = trip.stops
  car.say({ type: 'position', ...fixAt(start, 20) })
  await passenger.until(() => passenger.heard('eta').length > 0)
  expect(passenger.heard('eta')[0]).toMatchObject({
    pickupAt: expect.any(String),
    arrivesAt: expect.any(String),
  })
  expect(Date.parse(passenger.heard('eta')[0]?.arrivesAt ?? '')).toBeGreaterThan(Date.now() + 3_600_000)
  await report(driver, { ...fixAt(start, 0), earlier: [15, 10, 5].map((seconds) => fixAt(start, seconds)) })
  for (const client of [car, passenger]) await client.until(() => client.heard('arrival').length > 0)
  expect(passenger.heard('arrival')).toMatchObject([{ bookingId: booking.id, place: 'pickup' }])
  expect(car.heard('stop_reached')).toMatchObject([{ stop: 0 }])
  const far = { lat: (start?.lat ?? 0) + 0.01, lng: start?.lng ?? 0 }
  car.say({ type: 'position', ...fixAt(far, -2) })
  await passenger.until(() => passenger.heard('off_route').length > 0)
  expect(passenger.heard('off_route')).toMatchObject([{ off: true }])
  // It is not their time yet.
  expect(other.frames.map(({ type }) => type)).toEqual(['snapshot'])
  expect(await locate(trip, anna)).toMatchObject({ body: { eta: { arrivesAt: expect.any(String) } } })
})

const Trace = z.object({ polyline: z.string(), seconds: z.array(z.number()), metres: z.number() })

test('how the ride was driven is there while it goes on and after it has ended', async () => {
  const trip = await publishTrip()
  const anna = await signIn()
  const booking = await book(trip, anna)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const { lat, lng } = trip.stops[0] ?? { lat: 0, lng: 0 }
  const way = [40, 30, 20, 10, 0].map((seconds) => fixAt({ lat, lng: lng + (40 - seconds) / 1e4 }, seconds))
  await report(trip.driver, { ...way.at(-1), earlier: way.slice(0, -1) })
  const during = expectBody(await traceOf(trip, anna), 200, Trace)
  expect(during.metres).toBeGreaterThan(300)
  expect((await actOn(booking, trip.driver, 'board', booking.boardingCode ?? '')).status).toBe(200)
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  for (const person of [trip.driver, anna]) {
    await expect.poll(async () => (await traceOf(trip, person)).body).toMatchObject({ metres: during.metres })
    const trace = expectBody(await traceOf(trip, person), 200, Trace)
    expect(decodePolyline(trace.polyline)).toHaveLength(trace.seconds.length)
    expect(trace.seconds.at(-1)).toBe(40)
  }
  expect(await traceOf(trip, await signIn())).toMatchObject(refusal(403, 'not_on_ride'))
})

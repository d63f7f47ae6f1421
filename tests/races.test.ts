import { expect, test } from 'vitest'
import { type ApiReply, call, refusal } from './client/api.ts'
import { actOn, type Booking, book, quoteFor, readBooking, sendQuote } from './client/bookings.ts'
import { signIn, signInDriver, signInMany } from './client/people.ts'
import { inMinutes, moveRide, newRoute, newVehicle, publish, publishTrip, seatsTaken } from './client/trips.ts'

const statusesOf = (replies: ApiReply[]) => replies.map(({ status }) => status).toSorted((a, b) => a - b)
const refusedAs = (replies: ApiReply[]) =>
  replies.filter(({ status }) => status >= 400).map(({ body }) => Object(body).code)

test('thirty at once for three seats: three get one', async () => {
  const trip = await publishTrip({ seats: 3 })
  const people = await signInMany(30)
  const quotes = await Promise.all(people.map((person) => quoteFor(trip, person)))
  const replies = await Promise.all(people.map((person, n) => sendQuote(person, quotes[n] ?? '')))
  expect(statusesOf(replies)).toEqual([201, 201, 201, ...Array.from({ length: 27 }, () => 409)])
  expect(new Set(refusedAs(replies))).toEqual(new Set(['ride_full']))
  expect(await seatsTaken(trip)).toEqual([3, 3, 3])
})

test('many at once on legs that overlap: no leg is oversold, and none that is free is refused', async () => {
  const trip = await publishTrip({ seats: 2 })
  const parts = [
    [0, 1],
    [1, 2],
    [2, 3],
  ].flatMap(([from = 0, to = 1]) => [0, 1, 2, 3].map(() => ({ from, to })))
  const people = await signInMany(parts.length)
  const quotes = await Promise.all(people.map((person, n) => quoteFor(trip, person, parts[n])))
  const replies = await Promise.all(people.map((person, n) => sendQuote(person, quotes[n] ?? '')))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(6)
  expect(await seatsTaken(trip)).toEqual([2, 2, 2])
})

test('one quote many times at once books once', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  const replies = await Promise.all(Array.from({ length: 8 }, () => sendQuote(passenger, quote)))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  for (const code of refusedAs(replies)) expect(['quote_used', 'already_booked']).toContain(code)
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('two quotes of one passenger at once make one booking', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const quotes = [await quoteFor(trip, passenger), await quoteFor(trip, passenger)]
  const replies = await Promise.all(quotes.map((quote) => sendQuote(passenger, quote)))
  expect(statusesOf(replies)).toEqual([201, 409])
  expect(refusedAs(replies)).toEqual(['already_booked'])
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('accepted and rejected at once: exactly one counts', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  for (const passenger of await signInMany(3)) {
    const booking = await book(trip, passenger, { to: 1 })
    const [accepted, rejected] = await Promise.all([
      actOn(booking, trip.driver, 'accept'),
      actOn(booking, trip.driver, 'reject'),
    ])
    expect(statusesOf([accepted, rejected])).toEqual([200, 409])
    expect(await readBooking(booking, passenger)).toMatchObject({
      state: accepted.status === 200 ? 'confirmed' : 'rejected',
    })
  }
})

test('rejected and cancelled at once: exactly one counts, and the seats come back once', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  for (const passenger of await signInMany(3)) {
    const booking = await book(trip, passenger)
    const [rejected, cancelled] = await Promise.all([
      actOn(booking, trip.driver, 'reject'),
      actOn(booking, passenger, 'cancel'),
    ])
    expect(statusesOf([rejected, cancelled])).toEqual([200, 409])
    expect(await readBooking(booking, passenger)).toMatchObject({
      state: rejected.status === 200 ? 'rejected' : 'cancelled',
    })
    expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  }
})

test('accepted and cancelled at once: it ends cancelled, whichever came first', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  for (const passenger of await signInMany(3)) {
    const booking = await book(trip, passenger)
    const [accepted, cancelled] = await Promise.all([
      actOn(booking, trip.driver, 'accept'),
      actOn(booking, passenger, 'cancel'),
    ])
    // Who is confirmed may still cancel, so the cancellation always counts; the answer only if it was first.
    expect(cancelled.status).toBe(200)
    if (accepted.status !== 200) expect(accepted).toMatchObject(refusal(409, 'booking_not_active'))
    expect(await readBooking(booking, passenger)).toMatchObject({ state: 'cancelled' })
    expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  }
})

test('boarded and marked absent at once: exactly one counts', async () => {
  const trip = await publishTrip()
  const bookings: Booking[] = []
  for (const passenger of await signInMany(2)) bookings.push(await book(trip, passenger))
  await moveRide(trip, 'start')
  for (const booking of bookings) {
    const replies = await Promise.all([
      actOn(booking, trip.driver, 'board', booking.boardingCode ?? ''),
      actOn(booking, trip.driver, 'absent'),
    ])
    expect(statusesOf(replies)).toEqual([200, 409])
  }
})

test('a ride that starts many times at once starts once', async () => {
  const trip = await publishTrip()
  const replies = await Promise.all(Array.from({ length: 5 }, () => moveRide(trip, 'start')))
  expect(statusesOf(replies)).toEqual([200, 409, 409, 409, 409])
  expect(new Set(refusedAs(replies))).toEqual(new Set(['ride_not_scheduled']))
})

test('a ride that is cancelled while it is booked keeps no booking', async () => {
  const trip = await publishTrip({ seats: 3 })
  const people = await signInMany(4)
  const quotes = await Promise.all(people.map((person) => quoteFor(trip, person, { to: 1 })))
  const [cancelled, ...booked] = await Promise.all([
    moveRide(trip, 'cancel'),
    ...people.map((person, n) => sendQuote(person, quotes[n] ?? '')),
  ])
  expect(cancelled?.status).toBe(200)
  for (const code of refusedAs(booked)) expect(['ride_departed', 'ride_full']).toContain(code)
  const reply = await call('GET', `/api/v1/bookings?as=driver&rideId=${trip.rideId}`, {
    token: trip.driver.token,
  })
  for (const { state } of Object(reply.body).items) expect(state).toBe('cancelled')
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test('one plate registered by many at once is registered once', async () => {
  const drivers = await Promise.all([1, 2, 3, 4].map(() => signInDriver()))
  const body = newVehicle()
  const replies = await Promise.all(
    drivers.map(({ token }) => call('POST', '/api/v1/driver/vehicles', { token, body })),
  )
  expect(statusesOf(replies)).toEqual([201, 409, 409, 409])
  expect(new Set(refusedAs(replies))).toEqual(new Set(['plate_taken']))
})

test('two rides for one time, published at once: one is', async () => {
  const { driver, vehicleId } = await publishTrip({ departsAt: inMinutes(24 * 60) })
  const route = newRoute(vehicleId)
  const replies = await Promise.all([publish(driver, route), publish(driver, route)])
  expect(statusesOf(replies)).toEqual([201, 409])
  expect(refusedAs(replies)).toEqual(['ride_overlap'])
})

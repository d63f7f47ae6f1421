import { expect, test } from 'vitest'
import { refusal } from './client/api.ts'
import { actOn, book, quoteFor, readBooking, sendQuote } from './client/bookings.ts'
import { signIn, signInMany } from './client/people.ts'
import { inMinutes, moveRide, publishTrip, seatsTaken } from './client/trips.ts'

test('a ride starts, its passengers board, and it arrives', async () => {
  const trip = await publishTrip()
  const [came, absent] = await signInMany(2)
  if (!came || !absent) throw new Error('nobody came')
  const [boarded, missed] = [await book(trip, came), await book(trip, absent)]
  expect(await moveRide(trip, 'start')).toMatchObject({
    status: 200,
    body: { status: 'started', startedAt: expect.any(String), endedAt: null },
  })
  expect(await moveRide(trip, 'complete')).toMatchObject(refusal(409, 'passengers_unaccounted'))
  expect((await actOn(boarded, trip.driver, 'board', boarded.boardingCode ?? '')).status).toBe(200)
  expect(await moveRide(trip, 'complete')).toMatchObject(refusal(409, 'passengers_unaccounted'))
  expect((await actOn(missed, trip.driver, 'absent')).status).toBe(200)
  expect(await moveRide(trip, 'complete')).toMatchObject({
    status: 200,
    body: { status: 'completed', endedAt: expect.any(String) },
  })
  expect(await readBooking(boarded, came)).toMatchObject({ state: 'completed', ride: { status: 'completed' } })
  expect(await readBooking(missed, absent)).toMatchObject({ state: 'no_show' })
  for (const action of ['board', 'absent'] as const)
    expect(await actOn(boarded, trip.driver, action, boarded.boardingCode ?? '')).toMatchObject(
      refusal(409, 'booking_not_active'),
    )
})

test('a ride does not start long before its departure', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(62) })
  expect(await moveRide(trip, 'start')).toMatchObject(refusal(409, 'ride_too_early'))
  expect(await moveRide(trip, 'complete')).toMatchObject(refusal(409, 'ride_not_started'))
})

test('what was done once is refused by name the second time', async () => {
  const trip = await publishTrip()
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await moveRide(trip, 'start')).toMatchObject(refusal(409, 'ride_not_scheduled'))
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect(await moveRide(trip, 'complete')).toMatchObject(refusal(409, 'ride_not_started'))
  expect(await moveRide(trip, 'start')).toMatchObject(refusal(409, 'ride_not_scheduled'))
  expect(await moveRide(trip, 'cancel')).toMatchObject(refusal(409, 'ride_not_scheduled'))
})

test('with the ride every booking on it is cancelled, whatever it waited for', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [waiting, confirmed, aboard] = await signInMany(3)
  if (!waiting || !confirmed || !aboard) throw new Error('nobody came')
  const bookings = [await book(trip, waiting), await book(trip, confirmed), await book(trip, aboard)] as const
  for (const each of [bookings[1], bookings[2]]) await actOn(each, trip.driver, 'accept')
  const { boardingCode } = await readBooking(bookings[2], aboard)
  expect((await actOn(bookings[2], trip.driver, 'board', boardingCode ?? '')).status).toBe(200)
  expect(await moveRide(trip, 'cancel')).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  for (const [n, person] of [waiting, confirmed, aboard].entries()) {
    const booking = bookings[n]
    if (booking)
      expect(await readBooking(booking, person)).toMatchObject({ state: 'cancelled', cancelledBy: 'driver' })
  }
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  expect(await moveRide(trip, 'start')).toMatchObject(refusal(409, 'ride_not_scheduled'))
})

test('who waits for an answer when the ride starts has none, and keeps no seat', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'expired' })
  expect(await actOn(booking, trip.driver, 'accept')).toMatchObject(refusal(409, 'booking_expired'))
  expect(await actOn(booking, passenger, 'cancel')).toMatchObject(refusal(409, 'booking_expired'))
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test.each(['start', 'cancel'] as const)('after %s nobody books the ride any more', async (action) => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  expect((await moveRide(trip, action)).status).toBe(200)
  expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'ride_departed'))
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test('a passenger who does not board may still cancel after the start', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await actOn(booking, passenger, 'cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  expect((await moveRide(trip, 'complete')).status).toBe(200)
})

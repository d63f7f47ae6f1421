import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, book, findOffer, quoteFor, readBooking, searchFor, sendQuote } from './client/bookings.ts'
import { signIn, signInMany } from './client/people.ts'
import { moveRide, publishTrip, seatsTaken } from './client/trips.ts'

const HOUR_MS = 3600_000
const wrongCode = (code: string | null) => String((Number(code) + 1) % 10_000).padStart(4, '0')

test('on an instant route a booking is confirmed at once', async () => {
  const trip = await publishTrip({ seats: 3 })
  const passenger = await signIn()
  const booking = await book(trip, passenger, { from: 1, to: 3, seats: 2 })
  expect(booking).toMatchObject({
    state: 'confirmed',
    ride: { id: trip.rideId, status: 'scheduled', departsAt: trip.departsAt },
    seats: 2,
    legs: { from: 1, to: 3 },
    passenger: { id: passenger.id },
    driver: { id: trip.driver.id },
    expiresAt: null,
    cancelledBy: null,
  })
  expect(await seatsTaken(trip)).toEqual([0, 2, 2])
  expect(await readBooking(booking, passenger)).toEqual(booking)
})

test('on an approval route it waits for the driver, and holds its seats meanwhile', async () => {
  const trip = await publishTrip({ bookingMode: 'approval', seats: 1 })
  const [passenger, other] = [await signIn(), await signIn()]
  const booking = await book(trip, passenger)
  expect(booking).toMatchObject({ state: 'pending', boardingCode: null })
  const { expiresAt } = z.looseObject({ expiresAt: z.iso.datetime() }).parse(booking)
  expect(Date.parse(expiresAt)).toBeLessThanOrEqual(
    Math.min(Date.parse(trip.departsAt), Date.now() + 3 * HOUR_MS),
  )
  expect(await findOffer(trip, other, searchFor(trip))).toBeUndefined()
  expect(await actOn(booking, trip.driver, 'accept')).toMatchObject({
    status: 200,
    body: { state: 'confirmed', expiresAt: null },
  })
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('a seat is sold again after its passenger leaves, and not before', async () => {
  const trip = await publishTrip({ seats: 1 })
  const [a, b, c] = await signInMany(3)
  if (!a || !b || !c) throw new Error('nobody came')
  const early = await quoteFor(trip, c, { from: 0, to: 2 })
  await book(trip, a, { from: 0, to: 1 })
  await book(trip, b, { from: 1, to: 3 })
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
  expect(await sendQuote(c, early)).toMatchObject(refusal(409, 'ride_full'))
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('a booking that finds one leg full takes no seat on the others', async () => {
  const trip = await publishTrip({ seats: 2 })
  const [a, b] = [await signIn(), await signIn()]
  const quote = await quoteFor(trip, b, { from: 0, to: 3, seats: 2 })
  await book(trip, a, { from: 1, to: 2 })
  expect(await sendQuote(b, quote)).toMatchObject(refusal(409, 'ride_full'))
  expect(await seatsTaken(trip)).toEqual([0, 1, 0])
  expect((await sendQuote(b, await quoteFor(trip, b, { from: 0, to: 3 }))).status).toBe(201)
  expect(await seatsTaken(trip)).toEqual([1, 2, 1])
})

test.each(['reject', 'cancel'] as const)('after %s the seats are free again, and offered', async (action) => {
  const trip = await publishTrip({ bookingMode: 'approval', seats: 1 })
  const [passenger, other] = [await signIn(), await signIn()]
  const booking = await book(trip, passenger)
  const [who, state] = action === 'reject' ? [trip.driver, 'rejected'] : [passenger, 'cancelled']
  expect(await actOn(booking, who, action)).toMatchObject({
    status: 200,
    body: { state, cancelledBy: action === 'cancel' ? 'passenger' : null },
  })
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  expect(await findOffer(trip, other, searchFor(trip))).toMatchObject({ seatsLeft: 1 })
  // The same passenger may come back with a new quote.
  expect(await book(trip, passenger)).toMatchObject({ state: 'pending' })
})

test('one person has one booking on a ride', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const [first, second] = [
    await quoteFor(trip, passenger, { to: 1 }),
    await quoteFor(trip, passenger, { from: 2 }),
  ]
  expect((await sendQuote(passenger, first)).status).toBe(201)
  expect(await sendQuote(passenger, second)).toMatchObject(refusal(409, 'already_booked'))
  expect(await seatsTaken(trip)).toEqual([1, 0, 0])
})

test('a quote books once, also after its booking was cancelled', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  const booking = expectBody(await sendQuote(passenger, quote), 201, z.looseObject({ id: z.string() }))
  const again = await sendQuote(passenger, quote)
  expect(again.status).toBe(409)
  expect(['quote_used', 'already_booked']).toContain(Object(again.body).code)
  const path = `/api/v1/bookings/${booking.id}/cancel`
  expect((await call('POST', path, { token: passenger.token })).status).toBe(200)
  expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'quote_used'))
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test('phones and exact places stay hidden until the booking is confirmed', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const [exact] = trip.stops
  const roughly = (degrees = 0) => Number(degrees.toFixed(2))
  const rough = { lat: roughly(exact?.lat), lng: roughly(exact?.lng) }
  expect(rough).not.toEqual(exact)
  expect(await readBooking(booking, passenger)).toMatchObject({
    driver: { phone: null },
    passenger: { phone: passenger.phone },
    pickup: { position: exact },
    boardingCode: null,
  })
  expect(await readBooking(booking, trip.driver)).toMatchObject({
    driver: { phone: trip.driver.phone },
    passenger: { phone: null },
    pickup: { position: rough },
    boardingCode: null,
  })

  await actOn(booking, trip.driver, 'accept')
  expect(await readBooking(booking, passenger)).toMatchObject({
    driver: { phone: trip.driver.phone },
    boardingCode: expect.stringMatching(/^\d{4}$/),
  })
  expect(await readBooking(booking, trip.driver)).toMatchObject({
    passenger: { phone: passenger.phone },
    pickup: { position: exact },
    boardingCode: null,
  })

  await actOn(booking, passenger, 'cancel')
  expect(await readBooking(booking, passenger)).toMatchObject({ driver: { phone: null }, boardingCode: null })
  expect(await readBooking(booking, trip.driver)).toMatchObject({
    passenger: { phone: null },
    pickup: { position: rough },
  })
})

test('a passenger boards with the code that only the passenger sees, once', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const code = booking.boardingCode ?? ''
  expect(await actOn(booking, trip.driver, 'board', wrongCode(code))).toMatchObject({
    status: 422,
    body: { code: 'boarding_code_wrong', errors: [{ path: 'code' }] },
  })
  expect(await actOn(booking, trip.driver, 'board', '12')).toMatchObject(refusal(422, 'invalid_fields'))
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'confirmed' })
  expect(await actOn(booking, trip.driver, 'board', code)).toMatchObject({
    status: 200,
    body: { state: 'boarded', boardingCode: null },
  })
  expect(await actOn(booking, trip.driver, 'board', code)).toMatchObject(refusal(409, 'booking_boarded'))
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'boarded', boardingCode: null })
  expect(await actOn(booking, passenger, 'cancel')).toMatchObject(refusal(409, 'booking_boarded'))
  expect(await actOn(booking, trip.driver, 'absent')).toMatchObject(refusal(409, 'booking_boarded'))
})

test('a booking that waits can be neither boarded nor marked absent', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect(await actOn(booking, trip.driver, 'absent')).toMatchObject(refusal(409, 'booking_not_confirmed'))
})

test('the same answer twice has a code of its own, and so has one that comes too late', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [a, b, c] = await signInMany(3)
  if (!a || !b || !c) throw new Error('nobody came')
  const accepted = await book(trip, a)
  await actOn(accepted, trip.driver, 'accept')
  for (const action of ['accept', 'reject'] as const)
    expect(await actOn(accepted, trip.driver, action)).toMatchObject(refusal(409, 'booking_not_pending'))
  const rejected = await book(trip, b)
  await actOn(rejected, trip.driver, 'reject')
  const absent = await book(trip, c)
  await actOn(absent, trip.driver, 'accept')
  expect(await actOn(absent, trip.driver, 'absent')).toMatchObject(refusal(409, 'ride_not_started'))
  await moveRide(trip, 'start')
  expect(await actOn(absent, trip.driver, 'absent')).toMatchObject({ status: 200, body: { state: 'no_show' } })
  for (const [booking, passenger] of [
    [rejected, b],
    [absent, c],
  ] as const) {
    for (const action of ['accept', 'reject', 'absent'] as const)
      expect(await actOn(booking, trip.driver, action), action).toMatchObject(
        refusal(409, 'booking_not_active'),
      )
    expect(await actOn(booking, passenger, 'cancel')).toMatchObject(refusal(409, 'booking_not_active'))
  }
  // Whoever did not come and whoever was rejected keeps no seat.
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('a passenger lists bookings in pages, newest first, each once', async () => {
  const passenger = await signIn()
  const made: string[] = []
  for (let n = 0; n < 3; n++) made.unshift((await book(await publishTrip(), passenger)).id)
  const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
  const read = async (query: string) =>
    expectBody(await call('GET', `/api/v1/bookings?limit=2${query}`, { token: passenger.token }), 200, Page)
  const first = await read('')
  const second = await read(`&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(made)
  expect(second.nextCursor).toBeNull()
})

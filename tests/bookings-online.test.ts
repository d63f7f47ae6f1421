import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, findOffer, quoteFor, readBooking, searchFor, sendQuote } from './client/bookings.ts'
import { payOrder } from './client/checkout.ts'
import { HubClient } from './client/hub-client.ts'
import { LiveClient } from './client/live-client.ts'
import { bookOnline, bookPaid, initiate, PricedBooking, pay, sendQuotePaying } from './client/paying.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import {
  inMinutes,
  moveRide,
  newRoute,
  publish,
  publishTrip,
  registerVehicle,
  seatsTaken,
} from './client/trips.ts'
import { fullTrip, joinWaitlist, offerTo, stateOf } from './client/waitlist.ts'

const HOLD_MS = 15 * 60_000
const money = (amount: number) => ({ amount, currency: 'INR' })
const listOf = ({ token }: Person, as: string, rideId: string) =>
  call('GET', `/api/v1/bookings?${new URLSearchParams({ as, rideId })}`, { token })
const changeRoute = (driver: Person, routeId: string, body: object) =>
  call('PUT', `/api/v1/routes/${routeId}`, { token: driver.token, body })

test('who pays online sees the price, has a quarter of an hour, and is confirmed by the payment', async () => {
  const trip = await publishTrip({ amount: 20_000, departsAt: inMinutes(90) })
  const passenger = await signIn()
  const offer = await findOffer(trip, passenger, searchFor(trip))
  expect(offer).toMatchObject({ cashAccepted: true, onlineFee: money(1_180), fare: money(20_000) })

  const booking = await bookOnline(trip, passenger)
  const price = { fare: money(20_000), fee: money(1_000), tax: money(180), total: money(21_180) }
  expect(booking).toMatchObject({
    state: 'unpaid',
    payWith: 'online',
    payment: 'due',
    price,
    boardingCode: null,
  })
  const left = Date.parse(booking.expiresAt ?? '') - Date.now()
  expect(left).toBeGreaterThan(HOLD_MS - 60_000)
  expect(left).toBeLessThanOrEqual(HOLD_MS)
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])

  expect(await pay(passenger, booking)).toMatchObject({
    ...{ state: 'confirmed', payment: 'paid', price, expiresAt: null },
    ...{ boardingCode: expect.any(String) },
    history: [
      { state: 'unpaid', by: 'passenger' },
      { state: 'confirmed', by: 'passenger' },
    ],
  })
  expect(await readBooking(booking, trip.driver)).toMatchObject({ state: 'confirmed', payment: 'paid' })
})

test('cash costs no fee and is the usual way where the driver takes it', async () => {
  const trip = await publishTrip({ amount: 20_000 })
  const [one, other] = [await signIn(), await signIn()]
  const price = { fare: money(20_000), fee: money(0), tax: money(0), total: money(20_000) }
  const cash = { state: 'confirmed', payWith: 'cash', payment: 'none', price }
  expect(await book(trip, one)).toMatchObject(cash)
  const reply = await sendQuotePaying(other, await quoteFor(trip, other), 'cash')
  expect(reply).toMatchObject({ status: 201, body: cash })
})

test('a route without cash is booked online only', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const trip = await publishTrip({ driver, vehicleId })
  const changed = await changeRoute(driver, trip.routeId, { cashAccepted: false })
  expect(changed).toMatchObject({ status: 200, body: { cashAccepted: false } })
  const passenger = await signIn()
  expect(await findOffer(trip, passenger, searchFor(trip))).toMatchObject({ cashAccepted: false })
  expect(await sendQuotePaying(passenger, await quoteFor(trip, passenger), 'cash')).toMatchObject(
    refusal(409, 'cash_not_accepted'),
  )
  expect(await sendQuotePaying(passenger, await quoteFor(trip, passenger), 'later')).toMatchObject(
    fieldRefusal('payWith'),
  )
  expect(await sendQuote(passenger, await quoteFor(trip, passenger))).toMatchObject({
    ...{ status: 201, body: { state: 'unpaid', payWith: 'online' } },
  })
  const published = await publish(driver, {
    ...newRoute(vehicleId, { departsAt: inMinutes(600) }),
    cashAccepted: false,
  })
  expect(published).toMatchObject({ status: 201, body: { cashAccepted: false } })
})

test('a free ride is not to be paid, whatever was asked for', async () => {
  const trip = await publishTrip({ amount: 0 })
  const passenger = await signIn()
  const reply = await sendQuotePaying(passenger, await quoteFor(trip, passenger), 'online')
  expect(reply).toMatchObject({ status: 201, body: { state: 'confirmed', payWith: 'cash', payment: 'none' } })
})

test('before it is paid a booking is not there for the driver, nor for anybody else', async () => {
  const trip = await publishTrip({ bookingMode: 'approval', departsAt: inMinutes(90) })
  const [passenger, stranger] = [await signIn(), await signIn()]
  const booking = await bookOnline(trip, passenger)
  const path = `/api/v1/bookings/${booking.id}`
  for (const { token } of [trip.driver, stranger])
    expect(await call('GET', path, { token })).toMatchObject(refusal(404, 'not_found'))
  for (const action of ['accept', 'reject', 'absent'] as const)
    expect(await actOn(booking, trip.driver, action)).toMatchObject(refusal(404, 'not_found'))
  expect(await actOn(booking, trip.driver, 'board', '1234')).toMatchObject(refusal(404, 'not_found'))
  expect(await listOf(trip.driver, 'driver', trip.rideId)).toMatchObject({ status: 200, body: { items: [] } })
  expect(await listOf(passenger, 'passenger', trip.rideId)).toMatchObject({
    body: { items: [{ id: booking.id }] },
  })

  expect(await pay(passenger, booking)).toMatchObject({ state: 'pending', payment: 'paid' })
  expect(await listOf(trip.driver, 'driver', trip.rideId)).toMatchObject({
    body: { items: [{ id: booking.id }] },
  })
  expect(await actOn(booking, trip.driver, 'accept')).toMatchObject({
    status: 200,
    body: { state: 'confirmed' },
  })
})

test('who does not pay can give up, gets nothing back, and the driver never hears of it', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(90) })
  const passenger = await signIn()
  const booking = await bookOnline(trip, passenger)
  const nothing = { reason: 'not_accepted', refund: money(0), kept: money(0), lines: [] }
  const { token } = passenger
  expect(await call('GET', `/api/v1/bookings/${booking.id}/cancellation`, { token })).toMatchObject({
    ...{ status: 200, body: nothing },
  })
  expect(await actOn(booking, passenger, 'cancel')).toMatchObject({
    ...{ status: 200, body: { state: 'cancelled', refund: nothing, payment: 'none' } },
  })
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
  expect(await listOf(trip.driver, 'driver', trip.rideId)).toMatchObject({ body: { items: [] } })
  const reply = await call('POST', '/api/v1/payments/initiate', {
    ...{ token, body: { bookingId: booking.id }, headers: { 'idempotency-key': crypto.randomUUID() } },
  })
  expect(reply).toMatchObject(refusal(409, 'booking_not_unpaid'))
})

test('of seats that are given up unpaid only their passenger hears; of those that are paid the driver, too', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(90) })
  const passenger = await signIn()
  const [phone, car] = [
    await HubClient.connect({ token: passenger.token }),
    await HubClient.connect({ token: trip.driver.token }),
  ]
  const room = await LiveClient.join(trip, { token: trip.driver.token })
  const booking = await bookOnline(trip, passenger)
  await actOn(booking, passenger, 'cancel')
  await phone.until(() => phone.heard('booking:updated').length === 1)
  expect(phone.heard('booking:updated')).toMatchObject([{ bookingId: booking.id, state: 'cancelled' }])

  const paid = await bookPaid(trip, passenger)
  await car.until(() => car.heard('booking:new').length > 0)
  await room.until(() => room.heard('booking').length > 0)
  expect(car.heard('booking:new')).toMatchObject([{ bookingId: paid.id, state: 'confirmed', role: 'driver' }])
  expect(car.heard('booking:updated')).toEqual([])
  expect(room.heard('booking')).toMatchObject([{ bookingId: paid.id, state: 'confirmed' }])
  for (const client of [phone, car, room]) client.hangUp()
})

test('an offer that is taken up online stands until it is paid', async () => {
  const { trip, booking: full, holder, others } = await fullTrip(2, { departsAt: inMinutes(120) })
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  for (const { person, quote } of others) await joinWaitlist(person, quote)
  await actOn(full, holder, 'cancel')
  await expect.poll(() => stateOf(first.person)).toBe('offered')
  const takeUp = async ({ person }: typeof first, payWith: string) => {
    const { id } = await offerTo(person)
    const { token } = person
    return call('POST', `/api/v1/bookings/${id}/take-up`, { token, body: { payWith } })
  }
  expect(await takeUp(first, 'gold')).toMatchObject(fieldRefusal('payWith'))
  const taken = await takeUp(first, 'online')
  expect(taken).toMatchObject({ status: 200, body: { state: 'unpaid', payment: 'due', payWith: 'online' } })
  expect(await stateOf(first.person)).toBe('offered')
  expect(await listOf(trip.driver, 'driver', trip.rideId)).toMatchObject({ body: { items: [{ id: full.id }] } })
  const booking = PricedBooking.parse(taken.body)
  expect(booking.price.fee.amount).toBeGreaterThan(0)
  expect(await pay(first.person, booking)).toMatchObject({ state: 'confirmed', payment: 'paid' })
  expect(await stateOf(first.person)).toBe('booked')

  // Given up before it is paid, it goes to the next.
  await actOn(booking, first.person, 'cancel')
  await expect.poll(() => stateOf(second.person)).toBe('offered')
  const other = await takeUp(second, 'online')
  await actOn(PricedBooking.parse(other.body), second.person, 'cancel')
  expect(await stateOf(second.person)).toBe('left')
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test('when the driver cancels the ride, who was to pay is told that it is over', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(90) })
  const passenger = await signIn()
  const booking = await bookOnline(trip, passenger)
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect(await readBooking(booking, passenger)).toMatchObject({
    state: 'expired',
    cancelledBy: null,
    expiresAt: null,
  })
})

test('paid and given up at the same moment: it is given up, and what was paid goes back by the rules', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(90), seats: 4 })
  const people = await Promise.all(Array.from({ length: 4 }, () => signIn()))
  for (const person of people) {
    const booking = await bookOnline(trip, person)
    const { gatewayOrderId } = await initiate(person, booking)
    const [, given] = await Promise.all([payOrder(gatewayOrderId), actOn(booking, person, 'cancel')])
    expect(given).toMatchObject({ status: 200, body: { state: 'cancelled' } })
    const read = async () => PricedBooking.parse(await readBooking(booking, person))
    await expect.poll(async () => (await read()).payment, { timeout: 10_000 }).toBe('paid')
    const { refund, history, price } = await read()
    const wasConfirmed = JSON.stringify(history).includes('confirmed')
    const half = Math.round(price.fare.amount / 2)
    expect(refund).toMatchObject(
      wasConfirmed
        ? { reason: 'late', refund: money(half) }
        : { reason: 'not_accepted', refund: price.total, kept: money(0) },
    )
  }
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

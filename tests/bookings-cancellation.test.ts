import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, type Booking, book, readBooking } from './client/bookings.ts'
import { bookPaid } from './client/paying.ts'
import { type Person, signIn } from './client/people.ts'
import { inMinutes, moveRide, publishTrip, type TripOptions } from './client/trips.ts'

const DAY = 24 * 60
const rupees = (amount: number) => ({ amount, currency: 'INR' })

const preview = ({ id }: Booking, { token }: Person) =>
  call('GET', `/api/v1/bookings/${id}/cancellation`, { token })
const cancelFor = ({ id }: Booking, { token }: Person, body: unknown) =>
  call('POST', `/api/v1/bookings/${id}/cancel`, { token, body })

/** A trip with a booking that was paid online. */
async function bookTrip(options: TripOptions = {}) {
  const trip = await publishTrip(options)
  const passenger = await signIn()
  const booking = await bookPaid(trip, passenger)
  const { fare, total } = booking.price
  return { trip, passenger, booking, fare: fare.amount, fee: total.amount - fare.amount, paid: total.amount }
}

async function bookInCash() {
  const trip = await publishTrip()
  const passenger = await signIn()
  return { trip, passenger, booking: await book(trip, passenger) }
}

test('before the driver has accepted all of it comes back', async () => {
  const { passenger, booking, fare, fee, paid } = await bookTrip({ bookingMode: 'approval' })
  const terms = {
    ...{ reason: 'not_accepted', refund: rupees(paid), kept: rupees(0) },
    lines: [
      { item: 'fare', outcome: 'refunded', amount: rupees(fare), bearer: 'driver' },
      { item: 'fee', outcome: 'refunded', amount: rupees(fee), bearer: 'platform' },
    ],
  }
  expect(await preview(booking, passenger)).toMatchObject({ status: 200, body: terms })
  expect(booking).toMatchObject({ refund: null, history: [{}, { state: 'pending', by: 'passenger' }] })
  expect(await cancelFor(booking, passenger, { refund: rupees(paid) })).toMatchObject({
    status: 200,
    body: { state: 'cancelled', refund: terms, history: [{}, {}, { state: 'cancelled', by: 'passenger' }] },
  })
})

test('more than a day ahead the fare comes back, and later half of it, but never the fee', async () => {
  const early = await bookTrip({ departsAt: inMinutes(DAY + 5) })
  expect(await preview(early.booking, early.passenger)).toMatchObject({
    body: { reason: 'early', refund: rupees(early.fare), kept: rupees(early.fee) },
  })
  const late = await bookTrip({ amount: 9_999 })
  const back = Math.round(late.fare / 2)
  const terms = {
    ...{ reason: 'late', refund: rupees(back), kept: rupees(late.paid - back) },
    lines: [
      { item: 'fare', outcome: 'refunded', amount: rupees(back), bearer: 'driver' },
      { item: 'fare', outcome: 'kept', amount: rupees(late.fare - back), bearer: 'passenger' },
      { item: 'fee', outcome: 'kept', amount: rupees(late.fee), bearer: 'passenger' },
    ],
  }
  expect(await preview(late.booking, late.passenger)).toMatchObject({ body: terms })
  await actOn(late.booking, late.passenger, 'cancel')
  expect(await readBooking(late.booking, late.passenger)).toMatchObject({ state: 'cancelled', refund: terms })
  // The driver sees what it cost.
  expect(await readBooking(late.booking, late.trip.driver)).toMatchObject({ refund: terms })
})

test('when the driver cancels all of it comes back', async () => {
  const { trip, passenger, booking, paid } = await bookTrip()
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect(await readBooking(booking, passenger)).toMatchObject({
    ...{
      state: 'cancelled',
      cancelledBy: 'driver',
      refund: { reason: 'driver_cancelled', refund: rupees(paid), kept: rupees(0) },
    },
    history: [
      { state: 'unpaid', by: 'passenger' },
      { state: 'confirmed', by: 'passenger' },
      { state: 'cancelled', by: 'driver' },
    ],
  })
})

test('who did not come gets nothing back, and who was rejected everything', async () => {
  const { trip, passenger, booking, paid } = await bookTrip({ bookingMode: 'approval' })
  await actOn(booking, trip.driver, 'accept')
  const other = await signIn()
  const rejected = await bookPaid(trip, other)
  await actOn(rejected, trip.driver, 'reject')
  expect(await readBooking(rejected, other)).toMatchObject({
    refund: { reason: 'not_accepted', refund: rejected.price.total, kept: rupees(0) },
  })
  expect((await moveRide(trip, 'start')).status).toBe(200)
  await actOn(booking, trip.driver, 'absent')
  expect(await readBooking(booking, passenger)).toMatchObject({
    ...{ state: 'no_show', refund: { reason: 'no_show', refund: rupees(0), kept: rupees(paid) } },
    history: [
      {},
      { state: 'pending' },
      { state: 'confirmed', by: 'driver' },
      { state: 'no_show', by: 'driver' },
    ],
  })
})

test('a refund that is no longer what was shown is not forced on anybody', async () => {
  const { trip, passenger, booking, paid } = await bookTrip({ bookingMode: 'approval' })
  await actOn(booking, trip.driver, 'accept')
  expect(await cancelFor(booking, passenger, { refund: rupees(paid) })).toMatchObject(
    refusal(409, 'cancellation_changed'),
  )
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'confirmed', refund: null })
  const { body } = await preview(booking, passenger)
  expect((await cancelFor(booking, passenger, { refund: Object(body).refund })).status).toBe(200)
})

test('accepted and cancelled for a full refund at once: never cancelled for less', async () => {
  for (let round = 0; round < 3; round++) {
    const { trip, passenger, booking, paid } = await bookTrip({ bookingMode: 'approval' })
    const [accepted, cancelled] = await Promise.all([
      actOn(booking, trip.driver, 'accept'),
      cancelFor(booking, passenger, { refund: rupees(paid) }),
    ])
    const after = await readBooking(booking, passenger)
    if (cancelled.status === 200) {
      expect(accepted).toMatchObject(refusal(409, 'booking_not_active'))
      expect(after).toMatchObject({
        state: 'cancelled',
        refund: { reason: 'not_accepted', refund: rupees(paid) },
      })
    } else {
      expect(cancelled).toMatchObject(refusal(409, 'cancellation_changed'))
      expect(after).toMatchObject({ state: 'confirmed' })
    }
  }
})

test('of cash nothing comes back through the platform, whoever ends it', async () => {
  const trip = await publishTrip()
  const [passenger, absent] = [await signIn(), await signIn()]
  const nothing = { refund: rupees(0), kept: rupees(0), lines: [] }
  const booking = await book(trip, passenger)
  expect(await preview(booking, passenger)).toMatchObject({ status: 200, body: { reason: 'late', ...nothing } })
  expect(await cancelFor(booking, passenger, { refund: rupees(1) })).toMatchObject(
    refusal(409, 'cancellation_changed'),
  )
  expect(await cancelFor(booking, passenger, { refund: rupees(0) })).toMatchObject({
    ...{ status: 200, body: { state: 'cancelled', refund: { reason: 'late', ...nothing } } },
  })
  const missed = await book(trip, absent)
  await moveRide(trip, 'start')
  await actOn(missed, trip.driver, 'absent')
  expect(await readBooking(missed, absent)).toMatchObject({ refund: { reason: 'no_show', ...nothing } })
})

test('apps that send no body cancel as ever; a body has to be one', async () => {
  const path = ({ id }: Booking) => `/api/v1/bookings/${id}/cancel`
  const bodies = [
    {},
    { rawBody: '' },
    { headers: { 'content-type': 'application/json' } },
    { rawBody: '{}' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ]
  for (const options of bodies) {
    const { passenger, booking } = await bookInCash()
    const reply = await call('POST', path(booking), { token: passenger.token, ...options })
    expect(reply, JSON.stringify(options)).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  }
  const { passenger, booking } = await bookInCash()
  const { token } = passenger
  expect(await cancelFor(booking, passenger, { refunds: 1 })).toMatchObject(refusal(422, 'invalid_fields'))
  expect(await cancelFor(booking, passenger, { refund: { amount: -1, currency: 'INR' } })).toMatchObject(
    fieldRefusal('refund.amount'),
  )
  expect(await call('POST', path(booking), { token, rawBody: '{' })).toMatchObject(
    refusal(400, 'malformed_json'),
  )
  const text = { token, rawBody: 'now', headers: { 'content-type': 'text/plain' } }
  expect(await call('POST', path(booking), text)).toMatchObject(refusal(415, 'unsupported_media_type'))
  expect(await readBooking(booking, passenger)).toMatchObject({ state: 'confirmed' })
})

test('only the passenger may ask, and only while there is something to cancel', async () => {
  const { trip, passenger, booking } = await bookInCash()
  const stranger = await signIn()
  for (const person of [stranger, trip.driver])
    expect(await preview(booking, person)).toMatchObject(refusal(404, 'not_found'))
  expect(await cancelFor(booking, stranger, { refund: rupees(0) })).toMatchObject(refusal(404, 'not_found'))
  const [boarded, other] = [await book(trip, stranger, { to: 1 }), passenger]
  await actOn(boarded, trip.driver, 'board', boarded.boardingCode ?? '')
  expect(await preview(boarded, stranger)).toMatchObject(refusal(409, 'booking_boarded'))
  await actOn(booking, other, 'cancel')
  expect(await preview(booking, other)).toMatchObject(refusal(409, 'booking_not_active'))
  expect(await cancelFor(booking, other, { refund: rupees(0) })).toMatchObject(
    refusal(409, 'booking_not_active'),
  )
})

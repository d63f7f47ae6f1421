import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, quoteFor, sendQuote } from './client/bookings.ts'
import { addRule, endRefund, gatewayBooks } from './client/checkout.ts'
import { licence, submit } from './client/documents.ts'
import { download, phonePhoto, store, urlOf } from './client/files.ts'
import { readJournal } from './client/inbox.ts'
import { bookPaid } from './client/paying.ts'
import { newAddress, newPhone, type Person, readCode, signIn, signInDriver } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { moveRide, newPlate, newRoute, publish, publishTrip, registerVehicle } from './client/trips.ts'

const OTP_TRIES = 5

const post = (path: string, token: string, body?: object, headers: Record<string, string> = {}) =>
  call('POST', `/api/v1/auth/${path}`, { token, headers, ...(body && { body }) })
const profile = (token: string) => call('GET', '/api/v1/auth/profile', { token })
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const revoked = refusal(401, 'session_revoked')
const expired = refusal(422, 'otp_expired')

const soon = { timeout: 10_000 }
const Exported = z.looseObject({ payments: z.tuple([z.looseObject({ gatewayPaymentId: z.string() })]) })
const exportOf = async ({ token }: Person) => call('GET', '/api/v1/auth/account/export', { token })

test('the export has everything about a person, and nothing about others', async () => {
  const trip = await publishTrip()
  const { driver } = trip
  await call('PUT', '/api/v1/driver/profile', { token: driver.token, body: { name: 'Asha', bio: 'Kannada' } })
  const passenger = await signIn()
  const friend = newPhone()
  await call('PUT', '/api/v1/auth/profile', {
    token: passenger.token,
    body: { name: 'Meera Rao', trustedContacts: [{ name: 'Amma', phone: friend }] },
  })
  const booking = await book(trip, passenger)
  const avatar = await store('avatar', passenger.token, await phonePhoto(400, 300))

  const theirs = await exportOf(passenger)
  expect(theirs.headers.get('content-disposition')).toContain('attachment')
  expect(theirs).toMatchObject({
    status: 200,
    body: {
      profile: { id: passenger.id, phone: passenger.phone, name: 'Meera Rao' },
      trustedContacts: [{ name: 'Amma', phone: friend }],
      sessions: [{ revokedAt: null }],
      driver: null,
      vehicles: [],
      files: [{ id: avatar.id, purpose: 'avatar', state: 'ready' }],
      bookings: [{ id: booking.id, rideId: trip.rideId, state: 'confirmed', seats: 1 }],
      rides: [],
    },
  })
  expect(JSON.stringify(theirs.body)).not.toMatch(new RegExp(`${driver.phone.slice(1)}|Asha|${driver.id}`))

  const drivers = await exportOf(driver)
  expect(drivers).toMatchObject({
    status: 200,
    body: {
      driver: { bio: 'Kannada' },
      vehicles: [{ id: trip.vehicleId }],
      routes: [{ id: trip.routeId, pricePerSeat: { amount: 10_000, currency: 'INR' } }],
      rides: [{ id: trip.rideId, status: 'scheduled' }],
      bookings: [],
    },
  })
  const text = JSON.stringify(drivers.body)
  expect(text).not.toMatch(new RegExp(`${passenger.phone.slice(1)}|Meera|${passenger.id}|${booking.id}`))
  for (const { token, refreshToken } of [driver, passenger]) {
    expect(text + JSON.stringify(theirs.body)).not.toContain(token)
    expect(text + JSON.stringify(theirs.body)).not.toContain(refreshToken)
  }
})

test('documents are exported with their numbers masked', async () => {
  const driver = await signInDriver()
  const fields = licence()
  const { id } = await submit(driver, fields)
  const { body } = await exportOf(driver)
  const last = fields['number']?.slice(-4)
  expect(body).toMatchObject({
    documents: [{ id, kind: 'driving_licence', state: 'pending', number: `•••• ${last}` }],
  })
  expect(JSON.stringify(body)).not.toContain(fields['number']?.replaceAll(' ', '').slice(-6))
})

test('an export can be had five times an hour', async () => {
  const person = await signIn()
  for (let n = 0; n < 5; n++) expect((await exportOf(person)).status).toBe(200)
  expect(await exportOf(person)).toMatchObject(refusal(429, 'rate_limited'))
})

const askDeletion = ({ token }: Person) => post('account/deletion', token)
const confirmDeletion = ({ token }: Person, code: string) => post('account/deletion/confirm', token, { code })

/** Deletes an account that can be deleted. */
async function remove(person: Person): Promise<void> {
  expect((await askDeletion(person)).status).toBe(200)
  expect((await confirmDeletion(person, await readCode(person.phone))).status).toBe(204)
}

test('a deleted account is gone on every device at once, and the phone makes a new one', async () => {
  const person = await signIn()
  const elsewhere = await signIn(person.phone)
  const email = `${person.id}@margwa.example`
  await call('PUT', '/api/v1/auth/profile', { token: person.token, body: { name: 'Meera', email } })
  await remove(person)
  for (const { token, refreshToken } of [person, elsewhere]) {
    expect(await profile(token)).toMatchObject(revoked)
    const body = { refreshToken }
    expect(await call('POST', '/api/v1/auth/refresh-token', { body, headers: newAddress() })).toMatchObject(
      refusal(401, 'refresh_invalid'),
    )
  }
  const again = await signIn(person.phone)
  expect(again.id).not.toBe(person.id)
  expect(await profile(again.token)).toMatchObject({ body: { name: null, email: null, roles: ['passenger'] } })
  // The address is free too.
  expect((await call('PUT', '/api/v1/auth/profile', { token: again.token, body: { email } })).status).toBe(200)
})

test('a deletion takes its code: a wrong one, one of another purpose or none deletes nothing', async () => {
  const person = await signIn()
  expect(await confirmDeletion(person, '123456')).toMatchObject(expired)
  expect((await askDeletion(person)).status).toBe(200)
  const code = await readCode(person.phone)
  const guesses = await Promise.all(Array.from({ length: 50 }, () => confirmDeletion(person, wrong(code))))
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(OTP_TRIES)
  expect(await confirmDeletion(person, code)).toMatchObject(refusal(429, 'otp_attempts_exceeded'))
  expect(await post('account/deletion/confirm', person.token, { code: 'abc' })).toMatchObject(
    fieldRefusal('code'),
  )
  expect((await profile(person.token)).status).toBe(200)
})

test('asking twice with one key sends one code', async () => {
  const person = await signIn()
  const key = { 'idempotency-key': crypto.randomUUID() }
  for (let n = 0; n < 2; n++)
    expect((await post('account/deletion', person.token, undefined, key)).status).toBe(200)
  expect(await readJournal('sms', person.phone)).toHaveLength(2)
})

test('who has a booking that is not over keeps the account until it is cancelled', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  expect((await askDeletion(passenger)).status).toBe(200)
  const code = await readCode(passenger.phone)
  const booking = await book(trip, passenger)
  const inUse = refusal(409, 'account_in_use')
  expect(await askDeletion(passenger)).toMatchObject(inUse)
  expect(await confirmDeletion(passenger, code)).toMatchObject(inUse)
  expect((await profile(passenger.token)).status).toBe(200)
  expect((await actOn(booking, passenger, 'cancel')).status).toBe(200)
  await remove(passenger)
  // The driver still sees the booking, without the person.
  const seen = await call('GET', `/api/v1/bookings/${booking.id}`, { token: trip.driver.token })
  expect(seen).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  expect(JSON.stringify(seen.body)).not.toContain(passenger.phone.slice(-10))
})

test('who has paid has it in the export, leaves once they have cancelled, and gets it back all the same', async () => {
  const [trip, stranger, finance] = await Promise.all([
    publishTrip({ bookingMode: 'approval' }),
    signIn(),
    signInStaff('finance'),
  ])
  const passenger = await signIn()
  const booking = await bookPaid(trip, passenger)
  const { id, price } = booking
  const exported = Exported.parse((await exportOf(passenger)).body)
  const [{ gatewayPaymentId }] = exported.payments
  expect(exported).toMatchObject({
    payments: [{ bookingId: id, state: 'captured', amount: price.total }],
    receipts: [{ kind: 'receipt', total: price.total }],
    ledgerEntries: [{ account: 'passenger', kind: 'capture', bookingId: id, amount: price.total }],
  })
  for (const person of [stranger, trip.driver])
    expect((await exportOf(person)).body).toMatchObject({ payments: [], receipts: [], ledgerEntries: [] })

  expect(await askDeletion(passenger)).toMatchObject(refusal(409, 'account_in_use'))
  await addRule({ refund: 'pending', about: gatewayPaymentId })
  expect((await actOn(booking, passenger, 'cancel')).status).toBe(200)
  await remove(passenger)
  const refundOf = async () =>
    (await gatewayBooks()).refunds.find((each) => each.payment_id === gatewayPaymentId)
  await expect.poll(refundOf, soon).toMatchObject({ status: 'pending', amount: price.total.amount })
  await endRefund((await refundOf())?.id ?? '', 'process')
  const paid = () => call('GET', `/api/v1/payments/${id}`, { token: finance.token })
  await expect.poll(paid, soon).toMatchObject({
    body: { details: { payments: [{ refunded: price.total }], refunds: [{ state: 'processed' }] } },
  })
})

test('who drives a ride that is not over keeps the account until it is; then vehicle, files and papers go', async () => {
  const plate = newPlate()
  const driver = await signInDriver('Asha')
  const vehicleId = await registerVehicle(driver, { plate })
  const trip = await publishTrip({ driver, vehicleId })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const avatar = await store('avatar', driver.token, await phonePhoto(400, 300))
  expect(await askDeletion(driver)).toMatchObject(refusal(409, 'account_in_use'))
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  await remove(driver)

  expect((await download(urlOf(avatar))).status).toBe(404)
  const seen = await call('GET', `/api/v1/bookings/${booking.id}`, { token: passenger.token })
  expect(seen.status).toBe(200)
  const ride = await call('GET', `/api/v1/rides/${trip.rideId}`, { token: passenger.token })
  expect(ride.status).toBe(200)
  expect(JSON.stringify([seen.body, ride.body])).not.toMatch(
    new RegExp(`Asha|${plate}|${driver.phone.slice(-10)}`),
  )
  const route = await call('GET', `/api/v1/routes/${trip.routeId}`, { token: passenger.token })
  expect(JSON.stringify(route.body)).not.toContain('Asha')
  // The plate is free for whoever has the car now.
  await registerVehicle(await signInDriver(), { plate })
})

test('a booking and a deletion at the same moment: one of them happens', async () => {
  for (let round = 0; round < 6; round++) {
    const trip = await publishTrip()
    const passenger = await signIn()
    const quote = await quoteFor(trip, passenger)
    expect((await askDeletion(passenger)).status).toBe(200)
    const code = await readCode(passenger.phone)
    const [booked, deleted] = await Promise.all([sendQuote(passenger, quote), confirmDeletion(passenger, code)])
    const outcome = [booked.status, deleted.status]
    // Either the booking came first, or the account was gone.
    if (booked.status === 201) expect(outcome).toEqual([201, 409])
    else expect(deleted.status).toBe(204)
    const { body } = await call('GET', `/api/v1/bookings?as=driver&rideId=${trip.rideId}`, {
      token: trip.driver.token,
    })
    const { items } = z.object({ items: z.array(z.unknown()) }).parse(body)
    expect(items).toHaveLength(booked.status === 201 ? 1 : 0)
  }
}, 60_000)

test('a route and a deletion at the same moment: one of them happens', async () => {
  for (let round = 0; round < 4; round++) {
    const driver = await signInDriver()
    const route = newRoute(await registerVehicle(driver))
    expect((await askDeletion(driver)).status).toBe(200)
    const code = await readCode(driver.phone)
    const [published, deleted] = await Promise.all([publish(driver, route), confirmDeletion(driver, code)])
    if (published.status === 201) expect(deleted).toMatchObject(refusal(409, 'account_in_use'))
    else expect([deleted.status, published.status < 500]).toEqual([204, true])
  }
}, 60_000)

test('of two confirmations at once one deletes', async () => {
  const person = await signIn()
  expect((await askDeletion(person)).status).toBe(200)
  const code = await readCode(person.phone)
  const replies = await Promise.all(Array.from({ length: 5 }, () => confirmDeletion(person, code)))
  expect(replies.filter(({ status }) => status === 204)).toHaveLength(1)
  for (const { status } of replies) expect([204, 401, 404, 422]).toContain(status)
})

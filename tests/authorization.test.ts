import { beforeAll, expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, type Booking, book } from './client/bookings.ts'
import { type DeclaredOperation, fillPath, readOperations } from './client/document.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { moveRide, publishTrip, seatsTaken, type Trip } from './client/trips.ts'

let secured: DeclaredOperation[]
beforeAll(async () => {
  secured = (await readOperations()).filter((op) => op.secured)
  expect(secured.length).toBeGreaterThan(20)
})

/** Calls an operation with a body if it takes one; nothing of it may be looked at before the caller is. */
const knock = (op: DeclaredOperation, token?: string) =>
  call(op.method, fillPath(op.path), { token, ...(op.bodySchema && { body: {} }) })

test('only these are open to everybody', async () => {
  const open = (await readOperations()).filter((op) => !op.secured).map((op) => op.id)
  // getMetrics has a token of its own, downloadFile signed links.
  const wanted = [
    'downloadFile',
    'followRide',
    'followRideLive',
    'getHealth',
    'getKeys',
    'getMetrics',
    'listPopularRoutes',
    'openSharePage',
    // Who calls is known by the signature.
    'receiveWebhook',
    'refreshToken',
    'sendOtp',
    'verifyOtp',
  ]
  expect(open.toSorted()).toEqual(wanted)
})

test('no token, a wrong one and a revoked one open nothing', async () => {
  const { token } = await signIn()
  expect((await call('POST', '/api/v1/auth/logout', { token })).status).toBe(204)
  for (const op of secured) {
    expect(await knock(op), op.id).toMatchObject(refusal(401, 'unauthenticated'))
    expect(await knock(op, 'garbage'), op.id).toMatchObject(refusal(401, 'token_invalid'))
    expect(await knock(op, token), op.id).toMatchObject(refusal(401, 'session_revoked'))
  }
})

test('what is for drivers needs a driver profile', async () => {
  const { token } = await signIn()
  // Who announces an upload says what it is for; only documents are for drivers.
  const forDrivers = secured.filter((op) => op.forDrivers && op.id !== 'createUpload')
  expect(forDrivers.length).toBeGreaterThan(10)
  for (const op of forDrivers)
    expect(await knock(op, token), op.id).toMatchObject(refusal(403, 'driver_profile_required'))
})

/** A ride with one passenger on it, whose booking waits for an answer. */
async function pendingBooking(): Promise<{ trip: Trip; passenger: Person; booking: Booking }> {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  return { trip, passenger, booking: await book(trip, passenger) }
}

test("another driver's vehicle, ride and bookings are not there", async () => {
  const { trip, booking, passenger } = await pendingBooking()
  const stranger = await signInDriver()
  const vehicle = `/api/v1/driver/vehicles/${trip.vehicleId}`
  expect(await call('GET', vehicle, { token: stranger.token })).toMatchObject(refusal(404, 'not_found'))
  for (const action of ['start', 'complete', 'cancel'] as const)
    expect(await moveRide({ ...trip, driver: stranger }, action), action).toMatchObject(
      refusal(404, 'not_found'),
    )
  for (const action of ['accept', 'reject', 'absent', 'cancel'] as const)
    expect(await actOn(booking, stranger, action), action).toMatchObject(refusal(404, 'not_found'))
  // A wrong code and the right one must look alike to somebody who does not drive this ride.
  await actOn(booking, trip.driver, 'accept')
  const seen = await call('GET', `/api/v1/bookings/${booking.id}`, { token: passenger.token })
  const { boardingCode } = Object(seen.body)
  for (const code of [String(boardingCode), '0000', '9999'])
    expect(await actOn(booking, stranger, 'board', code)).toMatchObject(refusal(404, 'not_found'))
  expect(await call('GET', `/api/v1/bookings/${booking.id}`, { token: stranger.token })).toMatchObject(
    refusal(404, 'not_found'),
  )
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test("another passenger's booking is not there, nor in any list", async () => {
  const { trip, booking } = await pendingBooking()
  const stranger = await signIn()
  const read = await call('GET', `/api/v1/bookings/${booking.id}`, { token: stranger.token })
  expect(read).toMatchObject(refusal(404, 'not_found'))
  expect(await actOn(booking, stranger, 'cancel')).toMatchObject(refusal(404, 'not_found'))
  for (const as of ['passenger', 'driver'])
    expect(
      await call('GET', `/api/v1/bookings?as=${as}&rideId=${trip.rideId}`, { token: stranger.token }),
    ).toMatchObject({ status: 200, body: { items: [], nextCursor: null } })
})

test('each side of a booking does only what is its own', async () => {
  const { trip, passenger, booking } = await pendingBooking()
  expect(await actOn(booking, trip.driver, 'cancel')).toMatchObject(refusal(404, 'not_found'))
  // Who drives elsewhere may not answer for this driver, even on a booking of their own.
  await call('PUT', '/api/v1/driver/profile', { token: passenger.token, body: { name: 'Ravi' } })
  for (const action of ['accept', 'reject', 'absent'] as const)
    expect(await actOn(booking, passenger, action), action).toMatchObject(refusal(404, 'not_found'))
  expect(await moveRide({ ...trip, driver: passenger }, 'start')).toMatchObject(refusal(404, 'not_found'))
})

test('both sides list the booking, each on its side only', async () => {
  const { trip, passenger, booking } = await pendingBooking()
  const list = (person: Person, as: string) =>
    call('GET', `/api/v1/bookings?as=${as}&rideId=${trip.rideId}`, { token: person.token })
  const one = { status: 200, body: { items: [{ id: booking.id, state: 'pending' }] } }
  const none = { status: 200, body: { items: [] } }
  expect(await list(passenger, 'passenger')).toMatchObject(one)
  expect(await list(trip.driver, 'driver')).toMatchObject(one)
  expect(await list(passenger, 'driver')).toMatchObject(none)
  expect(await list(trip.driver, 'passenger')).toMatchObject(none)
})

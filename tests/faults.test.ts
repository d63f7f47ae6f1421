import { afterEach, expect, test } from 'vitest'
import { type ApiReply, call, refusal } from './client/api.ts'
import { quoteFor, sendQuote } from './client/bookings.ts'
import { setFault } from './client/inbox.ts'
import { newAddress, newPhone, type Person, readCode, signIn, signInDriver } from './client/people.ts'
import { newVehicle, publishTrip, seatsTaken } from './client/trips.ts'

/** Whoever waits longer than this for a refusal has given up. */
const AT_MOST_MS = 2_000
const MODES = ['refuse', 'hang'] as const

afterEach(async () => {
  for (const service of ['database', 'redis', 'sms'] as const) await setFault(service, 'up')
})

/** The reply to a request that must be answered in time, whatever is down. */
async function inTime(ask: () => Promise<ApiReply>): Promise<ApiReply> {
  const started = performance.now()
  const reply = await ask()
  expect(performance.now() - started).toBeLessThan(AT_MOST_MS)
  return reply
}

const unavailable = refusal(503, 'dependency_unavailable')
const health = () => inTime(() => call('GET', '/health'))
const sendOtp = (phone: string) =>
  inTime(() => call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers: newAddress() }))

/** Reads and writes of somebody who is signed in. */
const readsAndWrites = ({ token }: Person) => [
  () => call('GET', '/api/v1/auth/profile', { token }),
  () => call('GET', '/api/v1/bookings', { token }),
  () => call('PUT', '/api/v1/auth/profile', { token, body: { name: 'Asha' } }),
  () => call('POST', '/api/v1/driver/vehicles', { token, body: newVehicle() }),
]

async function expectUnavailable(person: Person): Promise<void> {
  // All at once: how long one takes is what counts, and hanging is slow.
  const replies = await Promise.all(readsAndWrites(person).map((ask) => inTime(ask)))
  for (const reply of replies) {
    expect(reply).toMatchObject(unavailable)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  }
}

async function expectRecovered(person: Person): Promise<void> {
  expect(await health()).toMatchObject({ status: 200, body: { status: 'ok' } })
  const statuses = await Promise.all(readsAndWrites(person).map(async (ask) => (await ask()).status))
  expect(statuses).toEqual([200, 200, 200, 201])
}

test.each(MODES)('a database that would %s is said to be down, and what comes back works', async (mode) => {
  const driver = await signInDriver()
  await setFault('database', mode)
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: 'degraded', database: 'down', cache: 'up' },
  })
  await expectUnavailable(driver)
  await setFault('database', 'up')
  await expectRecovered(driver)
})

test.each(MODES)('a Redis that would %s is said to be down, and what comes back works', async (mode) => {
  const driver = await signInDriver()
  await setFault('redis', mode)
  expect(await health()).toMatchObject({
    status: 503,
    body: { status: 'degraded', database: 'up', cache: 'down' },
  })
  await expectUnavailable(driver)
  // Guessing codes is not let through uncounted.
  expect(await sendOtp(newPhone())).toMatchObject(unavailable)
  await setFault('redis', 'up')
  await expectRecovered(driver)
})

test('both may hang, and the answer still comes in time', async () => {
  const driver = await signInDriver()
  await setFault('database', 'hang')
  await setFault('redis', 'hang')
  expect(await health()).toMatchObject({ status: 503, body: { database: 'down', cache: 'down' } })
  await expectUnavailable(driver)
  await setFault('redis', 'up')
  await setFault('database', 'up')
  await expectRecovered(driver)
})

test('what needs neither goes on, and a wrong token is refused for what it is', async () => {
  await setFault('database', 'refuse')
  await setFault('redis', 'refuse')
  expect((await call('GET', '/.well-known/jwks.json')).status).toBe(200)
  expect(await call('GET', '/api/v1/bookings', { token: 'x' })).toMatchObject(refusal(401, 'token_invalid'))
  expect(await call('GET', '/api/v1/bookings')).toMatchObject(refusal(401, 'unauthenticated'))
})

test('a session that was signed out stays out when Redis is back', async () => {
  const { token, refreshToken } = await signIn()
  expect((await call('POST', '/api/v1/auth/logout', { token })).status).toBe(204)
  await setFault('redis', 'refuse')
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject(unavailable)
  await setFault('redis', 'up')
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject(refusal(401, 'session_revoked'))
  const body = { refreshToken }
  expect(await call('POST', '/api/v1/auth/refresh-token', { body, headers: newAddress() })).toMatchObject(
    refusal(401, 'refresh_invalid'),
  )
})

test('a code is not used up by a sign-in that fails on a dependency before it', async () => {
  const phone = newPhone()
  expect((await sendOtp(phone)).status).toBe(200)
  const otp = await readCode(phone)
  const verify = () => call('POST', '/api/v1/auth/verify-otp', { body: { phone, otp }, headers: newAddress() })
  await setFault('redis', 'refuse')
  expect(await verify()).toMatchObject(unavailable)
  await setFault('redis', 'up')
  expect((await verify()).status).toBe(200)
})

test('a booking that could not be made is made with the same key once the database is back', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const [quote, key] = [await quoteFor(trip, passenger), { 'idempotency-key': crypto.randomUUID() }]
  await setFault('database', 'refuse')
  expect(await inTime(() => sendQuote(passenger, quote, key))).toMatchObject(unavailable)
  await setFault('database', 'up')
  expect((await sendQuote(passenger, quote, key)).status).toBe(201)
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('a person whose SMS could not be sent may ask again at once', async () => {
  const phone = newPhone()
  await setFault('sms', 'refuse')
  for (let n = 0; n < 2; n++) {
    const reply = await sendOtp(phone)
    expect(reply).toMatchObject(refusal(503, 'sms_not_sent'))
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  await setFault('sms', 'up')
  expect((await sendOtp(phone)).status).toBe(200)
  const body = { phone, otp: await readCode(phone) }
  expect((await call('POST', '/api/v1/auth/verify-otp', { body, headers: newAddress() })).status).toBe(200)
})

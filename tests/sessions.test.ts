import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { book } from './client/bookings.ts'
import { LiveClient } from './client/live-client.ts'
import { newAddress, newPhone, type Person, readCode, SignedIn, signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

/** A used refresh token is taken once more within ten seconds. */
const AFTER_GRACE_MS = 10_500
const SIGNED_OUT = { code: 4001, reason: 'session_revoked' }

const Session = z.object({
  id: z.string(),
  deviceName: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  current: z.boolean(),
})
const Sessions = z.object({ items: z.array(Session), nextCursor: z.string().nullable() })

const open: LiveClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

const list = async (token: string, query = '') =>
  expectBody(await call('GET', `/api/v1/auth/sessions${query}`, { token }), 200, Sessions)
const end = (token: string, which = '') => call('DELETE', `/api/v1/auth/sessions${which}`, { token })
const profile = (token: string) => call('GET', '/api/v1/auth/profile', { token })
const refresh = (refreshToken: string) =>
  call('POST', '/api/v1/auth/refresh-token', { body: { refreshToken }, headers: newAddress() })
const revoked = refusal(401, 'session_revoked')

async function signInOn(deviceName: string, phone: string): Promise<Person> {
  const headers = newAddress()
  expect((await call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers })).status).toBe(200)
  const body = { phone, otp: await readCode(phone), deviceName }
  const reply = await call('POST', '/api/v1/auth/verify-otp', { body, headers })
  const { accessToken: token, refreshToken, user } = expectBody(reply, 200, SignedIn)
  return { id: user.id, phone, token, refreshToken }
}

/** One person on three devices. */
async function onThreeDevices(): Promise<[Person, Person, Person]> {
  const phone = newPhone()
  return [await signInOn('Phone', phone), await signInOn('Tablet', phone), await signInOn('Old phone', phone)]
}

/** The id of the session of a person's token. */
async function idOf(person: Person): Promise<string> {
  const { items } = await list(person.token, '?limit=100')
  return items.find(({ current }) => current)?.id ?? ''
}

/** Follows a ride on every one of these devices of one person. */
async function follow(...devices: [Person, ...Person[]]): Promise<LiveClient[]> {
  const trip = await publishTrip()
  await book(trip, devices[0])
  const clients = await Promise.all(devices.map(({ token }) => LiveClient.join(trip, { token })))
  open.push(...clients)
  return clients
}

test('sessions are listed, newest first, each with its device, and mine is marked', async () => {
  const [phone, tablet] = await onThreeDevices()
  const { items } = await list(tablet.token)
  expect(items.map(({ deviceName, current }) => ({ deviceName, current }))).toEqual([
    { deviceName: 'Old phone', current: false },
    { deviceName: 'Tablet', current: true },
    { deviceName: 'Phone', current: false },
  ])
  expect(JSON.stringify(items)).not.toContain(tablet.refreshToken)
  const before = items[2]?.lastUsedAt ?? ''
  await refresh(phone.refreshToken)
  const [, , used] = (await list(tablet.token)).items
  expect(Date.parse(used?.lastUsedAt ?? '')).toBeGreaterThan(Date.parse(before))
})

test('the list comes in pages', async () => {
  const [{ token }] = await onThreeDevices()
  const first = await list(token, '?limit=2')
  const second = await list(token, `?limit=2&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ deviceName }) => deviceName)).toEqual([
    'Old phone',
    'Tablet',
    'Phone',
  ])
  expect(second.nextCursor).toBeNull()
  expect(await call('GET', '/api/v1/auth/sessions?cursor=x', { token })).toMatchObject(
    refusal(422, 'invalid_cursor'),
  )
})

test('one session is signed out and the others stay; done twice it is the same', async () => {
  const [phone, tablet, old] = await onThreeDevices()
  const id = await idOf(old)
  for (let n = 0; n < 2; n++) expect((await end(phone.token, `/${id}`)).status).toBe(204)
  expect(await profile(old.token)).toMatchObject(revoked)
  expect(await refresh(old.refreshToken)).toMatchObject(refusal(401, 'refresh_invalid'))
  expect((await list(phone.token)).items.map(({ deviceName }) => deviceName)).toEqual(['Tablet', 'Phone'])
  expect((await profile(tablet.token)).status).toBe(200)
})

test("another person's session is not there, and stays", async () => {
  const [mine, theirs] = [await signIn(), await signIn()]
  const id = await idOf(theirs)
  for (const unknown of [id, crypto.randomUUID(), 'x'])
    expect(await end(mine.token, `/${unknown}`)).toMatchObject(refusal(404, 'not_found'))
  expect((await profile(theirs.token)).status).toBe(200)
})

test('all others are signed out, then all', async () => {
  const [phone, tablet, old] = await onThreeDevices()
  const stranger = await signIn()
  expect((await end(phone.token, '?keepCurrent=true')).status).toBe(204)
  for (const { token } of [tablet, old]) expect(await profile(token)).toMatchObject(revoked)
  expect((await profile(phone.token)).status).toBe(200)
  const again = await signIn(phone.phone)
  expect((await end(phone.token)).status).toBe(204)
  for (const { token } of [phone, again]) expect(await profile(token)).toMatchObject(revoked)
  expect(await refresh(again.refreshToken)).toMatchObject(refusal(401, 'refresh_invalid'))
  expect((await profile(stranger.token)).status).toBe(200)
})

test.each(['?keepCurrent=yes', '?keepCurrent='])('%s is refused', async (query) => {
  const { token } = await signIn()
  expect(await end(token, query)).toMatchObject(fieldRefusal('keepCurrent'))
  expect(await end(token, '?keep=true')).toMatchObject(fieldRefusal('keep'))
  expect((await profile(token)).status).toBe(200)
})

test('a logout closes the sockets of its session within seconds, and no others', async () => {
  const phone = newPhone()
  const [here, there] = [await signInOn('Phone', phone), await signInOn('Tablet', phone)]
  const [socket, other] = await follow(here, there)
  expect((await call('POST', '/api/v1/auth/logout', { token: here.token })).status).toBe(204)
  expect(await socket?.untilClosed()).toEqual(SIGNED_OUT)
  expect(other?.closed).toBeUndefined()
})

test('sockets of a session that is signed out from elsewhere close, one by one or all', async () => {
  const [phone, tablet, old] = await onThreeDevices()
  const [kept, second, third] = await follow(phone, tablet, old)
  await end(phone.token, `/${await idOf(old)}`)
  expect(await third?.untilClosed()).toEqual(SIGNED_OUT)
  expect([kept?.closed, second?.closed]).toEqual([undefined, undefined])
  await end(phone.token, '?keepCurrent=true')
  expect(await second?.untilClosed()).toEqual(SIGNED_OUT)
  expect(kept?.closed).toBeUndefined()
  await end(phone.token)
  expect(await kept?.untilClosed()).toEqual(SIGNED_OUT)
})

test("the driver's socket closes with the driver's session too", async () => {
  const trip = await publishTrip()
  const socket = await LiveClient.join(trip, { token: trip.driver.token })
  open.push(socket)
  await end(trip.driver.token)
  expect(await socket.untilClosed()).toEqual(SIGNED_OUT)
})

test('a refresh token that comes back late closes the sockets of its session', async () => {
  const person = await signIn()
  const [socket] = await follow(person)
  expect((await refresh(person.refreshToken)).status).toBe(200)
  await sleep(AFTER_GRACE_MS)
  expect(await refresh(person.refreshToken)).toMatchObject(refusal(401, 'refresh_reused'))
  expect(await socket?.untilClosed()).toEqual(SIGNED_OUT)
  expect(await profile(person.token)).toMatchObject(revoked)
}, 30_000)

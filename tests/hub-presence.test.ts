import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { HubClient } from './client/hub-client.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip, type Trip } from './client/trips.ts'

/** Who goes is told of after ten seconds, and the test waits for it. */
const GRACE_MS = 10_000

const open: HubClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function connect({ token }: Person): Promise<HubClient> {
  const client = await HubClient.connect({ token })
  open.push(client)
  return client
}

/** A driver and a passenger who know each other by a booking. */
async function acquainted(): Promise<{ trip: Trip; driver: Person; passenger: Person }> {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger)
  return { trip, driver: trip.driver, passenger }
}

const statesOf = (client: HubClient, { id }: Person) =>
  client.heard('presence').flatMap(({ userId, state }) => (userId === id ? [state] : []))

async function watch(client: HubClient, ...people: Person[]): Promise<void> {
  const before = client.heard('presence').length
  client.say({ type: 'presence:watch', users: people.map(({ id }) => id) })
  await client.until(() => client.heard('presence').length === before + people.length)
}

const saveProfile = ({ token }: Person, body: object) => call('PUT', '/api/v1/auth/profile', { token, body })

test('who shares a booking sees the other come and go; a connection that comes back at once does not blink', async () => {
  const { driver, passenger } = await acquainted()
  const [witness, second] = [await connect(passenger), await connect(passenger)]
  await watch(witness, driver)
  expect(witness.heard('presence')).toMatchObject([{ userId: driver.id, state: 'offline', lastSeenAt: null }])
  const phone = await connect(driver)
  await witness.until(() => statesOf(witness, driver).length === 2)
  phone.hangUp()
  await phone.untilClosed()
  const again = await connect(driver)
  again.hangUp()
  const leftAt = Date.now()
  await witness.until(() => statesOf(witness, driver).length === 3)
  expect(Date.now() - leftAt).toBeGreaterThanOrEqual(GRACE_MS - 1000)
  expect(statesOf(witness, driver)).toEqual(['offline', 'online', 'offline'])
  const [, online, gone] = witness.heard('presence')
  expect(online?.lastSeenAt).toBeNull()
  expect(Math.abs(Date.parse(gone?.lastSeenAt ?? '') - leftAt)).toBeLessThan(5000)
  expect(second.heard('presence')).toEqual([])
}, 30_000)

test('a stranger sees nothing, whoever it is', async () => {
  const { driver } = await acquainted()
  const stranger = await signIn()
  await connect(driver)
  const spy = await connect(stranger)
  await watch(spy, driver, { ...stranger, id: crypto.randomUUID() })
  expect(spy.heard('presence').map(({ state, lastSeenAt }) => [state, lastSeenAt])).toEqual([
    ['offline', null],
    ['offline', null],
  ])
})

test('who does not show it is not there any more, for who watches and for who comes', async () => {
  const { driver, passenger } = await acquainted()
  const witness = await connect(passenger)
  await connect(driver)
  await watch(witness, driver)
  expect(statesOf(witness, driver)).toEqual(['online'])
  expect((await saveProfile(driver, { showsPresence: false })).body).toMatchObject({ showsPresence: false })
  await witness.until(() => statesOf(witness, driver).length === 2)
  expect(witness.heard('presence')[1]).toMatchObject({ state: 'offline', lastSeenAt: null })
  await connect(driver)
  await watch(witness, driver)
  expect(statesOf(witness, driver)).toEqual(['online', 'offline', 'offline'])
  const { body } = await call('GET', '/api/v1/auth/profile', { token: driver.token })
  expect(body).toMatchObject({ showsPresence: false })
})

test('a block hides both from each other at once', async () => {
  const { driver, passenger } = await acquainted()
  const [one, other] = [await connect(passenger), await connect(driver)]
  await watch(one, driver)
  await watch(other, passenger)
  const path = `/api/v1/blocks/${driver.id}`
  expect((await call('PUT', path, { token: passenger.token })).status).toBe(204)
  await one.until(() => statesOf(one, driver).length === 2)
  await other.until(() => statesOf(other, passenger).length === 2)
  await watch(one, driver)
  await watch(other, passenger)
  expect(statesOf(one, driver)).toEqual(['online', 'offline', 'offline'])
  expect(statesOf(other, passenger)).toEqual(['online', 'offline', 'offline'])
})

test('a list that is too long is refused, and so is one too many', async () => {
  const device = await connect(await signIn())
  const users = Array.from({ length: 51 }, () => crypto.randomUUID())
  device.say({ type: 'presence:watch', users })
  await device.until(() => device.heard('error').length === 1)
  expect(device.heard('error')).toMatchObject([{ code: 'invalid_frame' }])
  for (let n = 0; n < 12; n++) device.say({ type: 'presence:watch', users: [] })
  await device.until(() => device.heard('error').length > 1)
  expect(device.heard('error').at(-1)).toMatchObject({ code: 'rate_limited' })
})

test('who writes is shown to the others of the conversation and to nobody else', async () => {
  const { trip, driver, passenger } = await acquainted()
  const stranger = await signIn()
  const opened = await call('POST', '/api/v1/chat/conversations', {
    token: passenger.token,
    body: { rideId: trip.rideId, receiverId: driver.id },
  })
  const { id: conversationId } = expectBody(opened, 201, z.looseObject({ id: z.string() }))
  const [car, phone, spy] = [await connect(driver), await connect(passenger), await connect(stranger)]
  spy.say({ type: 'chat:typing', conversationId, typing: true })
  phone.say({ type: 'chat:typing', conversationId, typing: true })
  phone.say({ type: 'chat:typing', conversationId, typing: false })
  await car.until(() => car.heard('chat:typing').length === 2)
  const notice = { conversationId, userId: passenger.id }
  expect(car.heard('chat:typing')).toMatchObject([
    { ...notice, typing: true },
    { ...notice, typing: false },
  ])
  expect([...phone.heard('chat:typing'), ...spy.heard('chat:typing')]).toEqual([])
})

test('online is what the driver chose, not whether a device is connected', async () => {
  const { driver, passenger } = await acquainted()
  const setOnline = (online: boolean) =>
    call('PUT', '/api/v1/driver/online-status', { token: driver.token, body: { online } })
  expect((await setOnline(true)).body).toMatchObject({ online: true })
  const [witness, phone] = [await connect(passenger), await connect(driver)]
  expect((await setOnline(false)).body).toMatchObject({ online: false })
  await watch(witness, driver)
  expect(statesOf(witness, driver)).toEqual(['online'])
  expect((await setOnline(true)).body).toMatchObject({ online: true })
  phone.hangUp()
  await phone.untilClosed()
  const profile = await call('GET', '/api/v1/driver/profile', { token: driver.token })
  expect(profile.body).toMatchObject({ online: true })
})

test('a ban closes every device of the person', async () => {
  const [operator, person] = [await signInStaff('operator'), await signIn()]
  const devices = [await connect(person), await connect(await signIn(person.phone))]
  const ban = `/api/v1/admin/users/${person.id}/ban`
  expect((await call('POST', ban, { token: operator.token, body: { reason: 'Test' } })).status).toBe(204)
  for (const device of devices)
    expect(await device.untilClosed()).toEqual({ code: 4001, reason: 'session_revoked' })
})

test('a booking that is turned down ends what it showed with the next list', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const witness = await connect(passenger)
  await connect(trip.driver)
  await watch(witness, trip.driver)
  expect((await actOn(booking, trip.driver, 'reject')).status).toBe(200)
  await watch(witness, trip.driver)
  expect(statesOf(witness, trip.driver)).toEqual(['online', 'offline'])
})

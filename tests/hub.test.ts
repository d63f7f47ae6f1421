import { afterEach, expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import type { ConnectOptions } from './client/frame-client.ts'
import { HubClient } from './client/hub-client.ts'
import { declineInApp } from './client/notifications.ts'
import { type Person, readCode, signIn } from './client/people.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const PROTOCOL = 'margwa.v1'

const open: HubClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function connect(person: Person, options: Omit<ConnectOptions, 'token'> = {}): Promise<HubClient> {
  const client = await HubClient.connect({ token: person.token, ...options })
  open.push(client)
  return client
}

/** How a connection that is not let in ends. */
async function refusalOf(options: ConnectOptions) {
  const client = new HubClient(options)
  const closed = await client.untilClosed()
  expect(client.frames).toEqual([])
  return closed
}

const types = (client: HubClient) => client.events().map(({ type }) => type)

test('driver and passenger hear of a booking on every device, each as who they are', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  await declineInApp(passenger)
  const [phone, tablet] = [await connect(passenger), await connect(passenger, { likeBrowser: true })]
  const car = await connect(trip.driver)
  expect(tablet.protocol).toBe(PROTOCOL)
  expect(phone.frames).toMatchObject([{ type: 'snapshot', resumed: false }])

  const booking = await book(trip, passenger)
  await car.until(() => car.heard('booking:new').length === 1)
  const about = { bookingId: booking.id, rideId: trip.rideId }
  expect(car.heard('booking:new')).toMatchObject([{ ...about, state: 'pending', role: 'driver' }])
  expect((await actOn(booking, trip.driver, 'accept')).status).toBe(200)
  for (const device of [phone, tablet]) {
    await device.until(() => device.events().length === 2)
    expect(device.events()).toMatchObject([
      { type: 'booking:new', ...about, state: 'pending', role: 'passenger' },
      { type: 'booking:updated', ...about, state: 'confirmed', role: 'passenger' },
    ])
  }
  expect(phone.events()).toEqual(tablet.events())
  const [first, second] = phone.events().map((event) => ('seq' in event ? event.seq : 0))
  expect(second).toBe((first ?? 0) + 1)
})

test('the ride is told to its driver and its passengers, also to whom its end takes the booking', async () => {
  const trip = await publishTrip()
  const [a, b, stranger] = [await signIn(), await signIn(), await signIn()]
  for (const person of [a, b]) await book(trip, person)
  const devices = [await connect(trip.driver), await connect(a), await connect(b)]
  const other = await connect(stranger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  for (const device of devices) {
    await device.until(() => device.heard('ride:updated').length === 2)
    expect(device.heard('ride:updated')).toMatchObject([
      { rideId: trip.rideId, status: 'started' },
      { rideId: trip.rideId, status: 'cancelled' },
    ])
  }
  expect(other.events()).toEqual([])
})

test('who was away gets what was missed, by number or by what was acknowledged, and else is told to reload', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  await declineInApp(passenger)
  const phone = await connect(passenger)
  const booking = await book(trip, passenger)
  await phone.until(() => phone.events().length === 1)
  const [first] = phone.heard('booking:new')
  const seq = first?.seq ?? 0
  phone.say({ type: 'ack', seq })
  phone.say({ type: 'ping' })
  phone.hangUp()
  await phone.untilClosed()
  expect((await actOn(booking, trip.driver, 'accept')).status).toBe(200)
  const witness = await connect(trip.driver)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  await witness.until(() => types(witness).includes('ride:updated'))

  const byNumber = await connect(passenger, { after: seq })
  const byAck = await connect(passenger)
  for (const device of [byNumber, byAck]) {
    await device.until(() => device.events().length === 2)
    expect(device.frames[0]).toMatchObject({ type: 'snapshot', seq: seq + 2, resumed: true })
    expect(types(device)).toEqual(['booking:updated', 'ride:updated'])
  }
  const lost = await connect(passenger, { after: seq + 1_000_000 })
  expect(lost.frames).toMatchObject([{ type: 'snapshot', seq: seq + 2, resumed: false }])
})

test('a session that is signed out closes at once, and no other does', async () => {
  const first = await signIn()
  const second = await signIn(first.phone)
  const [phone, tablet] = [await connect(first), await connect(second)]
  expect((await call('POST', '/api/v1/auth/logout', { token: first.token })).status).toBe(204)
  expect(await phone.untilClosed()).toEqual({ code: 4001, reason: 'session_revoked' })
  tablet.say({ type: 'ping' })
  await tablet.until(() => tablet.heard('pong').length === 1)
  expect(tablet.closed).toBeUndefined()
  expect(await refusalOf({ token: first.token })).toEqual({ code: 4001, reason: 'session_revoked' })
})

test('an account that is deleted closes every device', async () => {
  const person = await signIn()
  const again = await signIn(person.phone)
  const devices = [await connect(person), await connect(again)]
  expect((await call('POST', '/api/v1/auth/account/deletion', { token: person.token })).status).toBeLessThan(
    300,
  )
  const body = { code: await readCode(person.phone) }
  const reply = await call('POST', '/api/v1/auth/account/deletion/confirm', { token: person.token, body })
  expect(reply.status).toBeLessThan(300)
  for (const device of devices)
    expect(await device.untilClosed()).toEqual({ code: 4001, reason: 'session_revoked' })
})

test('of too many devices the oldest makes place', async () => {
  const person = await signIn()
  const devices: HubClient[] = []
  for (let n = 0; n < 9; n++) devices.push(await connect(person))
  expect(await devices[0]?.untilClosed()).toEqual({ code: 4009, reason: 'replaced' })
  expect(devices.slice(1).map(({ closed }) => closed)).toEqual(Array.from({ length: 8 }, () => undefined))
})

test('a frame that is none is answered, and the socket stays open', async () => {
  const device = await connect(await signIn())
  for (const frame of ['{', { type: 'fly' }, { type: 'ack', seq: -1 }, { type: 'away', away: 1 }, []])
    device.say(frame)
  device.say({ type: 'ping' })
  await device.until(() => device.heard('pong').length > 0)
  const [malformed, ...invalid] = device.heard('error')
  expect(malformed?.code).toBe('malformed_json')
  expect(invalid.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'invalid_frame'))
  expect(device.closed).toBeUndefined()
})

test.each([
  ['binary', new Uint8Array([1, 2, 3]), { code: 1003, reason: 'binary_frame' }],
  ['too large', `"${'x'.repeat(5000)}"`, { code: 1009, reason: 'frame_too_large' }],
])('a %s frame closes the socket', async (_, frame, closed) => {
  const device = await connect(await signIn())
  device.say(frame)
  expect(await device.untilClosed()).toEqual(closed)
})

test('a flood closes its own socket, and nobody else is affected', async () => {
  const person = await signIn()
  const [flooding, calm] = [await connect(person), await connect(person)]
  for (let n = 0; n < 200; n++) flooding.say({ type: 'ack', seq: 0 })
  // Who goes on sending while it is closed may see the connection end before the Close frame.
  expect([4008, 1006]).toContain((await flooding.untilClosed()).code)
  calm.say({ type: 'ping' })
  await calm.until(() => calm.heard('pong').length === 1)
})

test.each([false, true])(
  'who is not signed in is told so as the socket closes (browser: %s)',
  async (likeBrowser) => {
    expect(await refusalOf({ token: 'x.y.z', likeBrowser })).toEqual({ code: 4001, reason: 'token_invalid' })
    const { token } = await signIn()
    for (const after of ['x', -1, 1.5])
      expect(await refusalOf({ token, after, likeBrowser })).toEqual({ code: 4003, reason: 'invalid_fields' })
    expect(await refusalOf({})).toEqual({ code: 4001, reason: 'unauthenticated' })
  },
)

test('without an upgrade the address says what it wants', async () => {
  const { token } = await signIn()
  expect(await call('GET', '/api/v1/realtime', { token })).toMatchObject(refusal(426, 'upgrade_required'))
})

import { afterEach, expect, test } from 'vitest'
import { call } from './client/api.ts'
import { book } from './client/bookings.ts'
import { chatOf } from './client/chat.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { SocketIoClient, type SocketIoOptions } from './client/socket-io.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const open: SocketIoClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function connect(person: Person, options: SocketIoOptions = {}): Promise<SocketIoClient> {
  const client = await SocketIoClient.connect(person.token, options)
  open.push(client)
  return client
}

const ways: [string, SocketIoOptions, string][] = [
  ['default options', {}, 'websocket'],
  ['WebSocket only', { transports: ['websocket'] }, 'websocket'],
  ['polling only', { transports: ['polling'] }, 'polling'],
]

test.each(ways)('with %s an app joins a ride and sees the car', async (_, options, transport) => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await book(trip, passenger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const car = await connect(trip.driver, options)
  const app = await connect(passenger, options)

  expect(await app.ask('ride:join', trip.rideId)).toMatchObject({ ok: true, you: { role: 'passenger' } })
  const fix = { lat: 12.97, lng: 77.59, heading: 90, speed: 12, rideId: trip.rideId }
  expect(await car.ask('location:update', fix)).toEqual({ ok: true })
  await app.until(() => app.events('location:updated').length > 0)
  expect(app.events('location:updated')).toMatchObject([
    { rideId: trip.rideId, lat: 12.97, lng: 77.59, speed: 12 },
  ])
  await app.until(() => app.transport === transport)
})

test('a passenger cannot report where the car is, and a stranger sees nothing of the ride', async () => {
  const trip = await publishTrip()
  const [passenger, stranger] = [await signIn(), await signIn()]
  await book(trip, passenger)
  await moveRide(trip, 'start')
  const [app, other] = [await connect(passenger), await connect(stranger)]
  const fix = { lat: 12.97, lng: 77.59, rideId: trip.rideId }
  expect(await app.ask('location:update', fix)).toEqual({ ok: true })
  await app.until(() => app.events('ride:error').length > 0)
  expect(app.events('ride:error')).toMatchObject([{ rideId: trip.rideId, code: 'not_the_driver' }])

  expect(await other.ask('ride:join', trip.rideId)).toMatchObject({ ok: false, code: 'not_on_ride' })
  expect(await other.ask('location:update', fix)).toMatchObject({ ok: false, code: 'not_on_ride' })
  expect(await other.ask('ride:join', crypto.randomUUID())).toMatchObject({ ok: false, code: 'not_found' })
  other.socket.emit('ride:join', trip.rideId)
  await other.until(() => other.events('refused').length > 0)
  expect(other.events('refused')).toMatchObject([{ event: 'ride:join', code: 'not_on_ride' }])
  expect(other.events('location:updated')).toEqual([])
})

test('bookings and messages reach every device, by whatever transport, in one order', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const devices = [await connect(trip.driver), await connect(trip.driver, { transports: ['polling'] })]
  const app = await connect(passenger)
  const booking = await book(trip, passenger)
  const conversationId = await chatOf(trip, passenger, trip.driver)
  const sent = await app.ask('chat:message', {
    conversationId,
    receiverId: trip.driver.id,
    message: 'On my way',
  })
  expect(sent).toMatchObject({ ok: true, message: { body: 'On my way', senderId: passenger.id } })
  for (const device of devices) {
    await device.until(() => device.events('chat:message').length > 0)
    expect(device.events('booking:new')).toMatchObject([{ bookingId: booking.id, role: 'driver' }])
    expect(device.events('chat:message')).toMatchObject([{ message: { body: 'On my way', conversationId } }])
    // Behind each event is where the client has come to, which it shows when it comes back.
    for (const { args } of device.heard.filter(({ name }) => name === 'chat:message'))
      expect(args.at(-1)).toMatch(/^h\d+$/)
  }
})

test('what an operation refuses is refused with its code', async () => {
  const [driver, passenger] = [await signInDriver(), await signIn()]
  const car = await connect(driver)
  expect(await car.ask('driver:online')).toMatchObject({ ok: false, code: 'vehicle_required' })
  expect(await car.ask('driver:offline')).toMatchObject({ ok: true, driver: { online: false } })
  const app = await connect(passenger)
  expect(await app.ask('driver:online')).toMatchObject({ ok: false, code: 'driver_profile_required' })
  const message = { conversationId: crypto.randomUUID(), message: 'Hello' }
  expect(await app.ask('chat:message', message)).toMatchObject({ ok: false, code: 'not_found' })
  expect(await app.ask('chat:message', { message: 'To whom?' })).toMatchObject({ code: 'invalid_event' })
  expect(await app.ask('teleport', {})).toMatchObject({ ok: false, code: 'unknown_event' })
})

test('without a good token there is no connection, and the error says why', async () => {
  for (const [token, code] of [
    [undefined, 'unauthenticated'],
    ['nonsense', 'token_invalid'],
  ] as const) {
    const client = new SocketIoClient(token)
    open.push(client)
    await client.until(() => client.refusals.length > 0)
    expect(client.refusals).toMatchObject([{ data: { code } }])
    expect(client.connects).toBe(0)
  }
})

test('who signs out is disconnected, told why, and does not come back', async () => {
  const person = await signIn()
  const client = await connect(person)
  const reply = await call('POST', '/api/v1/auth/logout', {
    token: person.token,
    body: { refreshToken: person.refreshToken },
  })
  expect(reply.status).toBe(204)
  await client.until(() => client.disconnects.length > 0)
  expect(client.events('closing')).toEqual([{ reason: 'session_revoked', client: 'sign_in' }])
  expect(client.disconnects).toMatchObject([{ reason: 'io server disconnect' }])
  client.socket.connect()
  await client.until(() => client.refusals.length > 0)
  expect(client.refusals).toMatchObject([{ data: { code: 'session_revoked' } }])
})

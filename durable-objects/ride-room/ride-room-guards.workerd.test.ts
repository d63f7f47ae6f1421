import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { MAX_FRAME_LENGTH, PING } from '#packages/protocol/client-frame.ts'
import { ROOM_PASS_HEADER } from '#packages/protocol/room-pass.ts'
import { FRAME_RATE } from '#packages/ride-room/limits.ts'
import { LiveClient, rideRooms } from '../testing/live-client.ts'
import { passesFor, positionFrame } from '../testing/passes.ts'
import { stubDatabase } from '../testing/stub-database.ts'
import { announceToRide, joinRideRoom } from './reach-ride-room.ts'

stubDatabase()

const { ride: anyRide, driver: anyPass } = passesFor()

test.each([
  ['no pass', {}],
  ['a pass that is not JSON', { [ROOM_PASS_HEADER]: '{' }],
  ['a pass with something missing', { [ROOM_PASS_HEADER]: JSON.stringify({ ...anyPass, userId: undefined }) }],
  ['a pass for another ride', { [ROOM_PASS_HEADER]: JSON.stringify(passesFor().driver) }],
  [
    'a driver pass of who does not drive',
    { [ROOM_PASS_HEADER]: JSON.stringify({ ...anyPass, userId: crypto.randomUUID() }) },
  ],
])('with %s the socket opens and closes as unauthenticated, having heard nothing', async (_, headers) => {
  const room = rideRooms.getByName(anyRide.id)
  const client = LiveClient.of(
    await room.fetch('https://ride-room/', { headers: { Upgrade: 'websocket', ...headers } }),
  )
  await client.until(({ closed }) => closed !== null)
  expect(client.closed).toEqual({ code: 4001, reason: 'unauthenticated' })
  client.frames.forEach((frame) => expect(frame).toBeNull())
})

test('nothing of the client’s request but the upgrade reaches the room', async () => {
  const { ride, book, driver } = passesFor()
  const headers = {
    Upgrade: 'websocket',
    [ROOM_PASS_HEADER]: JSON.stringify(driver),
    'x-partykit-props': 'not base64',
    'x-partykit-room': 'elsewhere',
  }
  const address = `https://api.test/api/v1/rides/${ride.id}/live?_pk=chosen&token=secret`
  const client = LiveClient.of(await joinRideRoom(rideRooms, book(), new Request(address, { headers })))
  await client.until(({ frames }) => frames.length === 1)
  expect(client.heard('snapshot')[0]?.you.role).toBe('passenger')
  await runInDurableObject(rideRooms.getByName(ride.id), (object) => {
    const kept = [...object.getConnections()].map(({ id, uri }) => ({ id, uri }))
    expect(kept).toEqual([{ id: expect.not.stringContaining('chosen'), uri: 'https://ride-room/' }])
  })
})

test('a plain request is told to upgrade', async () => {
  const response = await joinRideRoom(rideRooms, anyPass, new Request('https://api.test/live'))
  expect(response.status).toBe(426)
  await response.text()
})

test.each([
  ['an oversized frame', ' '.repeat(MAX_FRAME_LENGTH + 1), { code: 1009, reason: 'frame_too_large' }],
  ['a binary frame', new ArrayBuffer(8), { code: 1003, reason: 'binary_frame' }],
])('%s closes the socket and leaves the others alone', async (_, frame, closed) => {
  const { driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const bad = await LiveClient.join(book())
  bad.say(frame)
  await bad.until((client) => client.closed !== null)
  expect(bad.closed).toEqual(closed)
  expect(car.closed).toBeNull()
})

test('a flood closes the socket, and what still comes from it is ignored', async () => {
  const { driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const passenger = await LiveClient.join(book())
  for (let i = 0; i < 2 * FRAME_RATE.burst; i++) car.say({ type: 'ping', at: i })
  car.say(positionFrame(1))
  await car.until(({ closed }) => closed !== null)
  expect(car.closed).toEqual({ code: 4008, reason: 'flood' })
  // Frames of the socket that were on their way when it closed are refused too.
  expect(passenger.heard('position')).toEqual([])
  expect(car.heard('error').length).toBeLessThanOrEqual(FRAME_RATE.burst + 50)
})

test('a socket thrown out has no say, even when its late close wakes the room', async () => {
  const { ride, driver, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const headers = { Upgrade: 'websocket', [ROOM_PASS_HEADER]: JSON.stringify(driver) }
  const car = LiveClient.of(await room.fetch('https://ride-room/', { headers }), true)
  const passenger = await LiveClient.join(book())
  car.say(positionFrame(1))
  await passenger.until((each) => each.heard('position').length === 1)
  car.say(new ArrayBuffer(1))
  await car.until(({ closed }) => closed !== null)
  const at = new Date().toISOString()
  const booking = {
    bookingId: crypto.randomUUID(),
    passengerId: crypto.randomUUID(),
    state: 'boarded',
    at,
  } as const
  await announceToRide(rideRooms, ride.id, [{ id: crypto.randomUUID(), type: 'booking', ...booking }])
  await evictDurableObject(room)
  car.hangUp()
  const late = await LiveClient.join(book())
  await late.until(({ frames }) => frames.length > 0)
  expect(late.heard('snapshot')).toMatchObject([{ seq: 3, position: { lat: 12.97 - 1 / 1000 } }])
})

test('a ping is answered without waking the object', async () => {
  const { ride, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const client = await LiveClient.join(book())
  await evictDurableObject(room)
  client.say(PING)
  await client.until((each) => each.heard('pong').length === 1)
  const answeredAt = await runInDurableObject(room, (object, state) =>
    [...object.getConnections()].map((socket) => state.getWebSocketAutoResponseTimestamp(socket)),
  )
  expect(answeredAt).toEqual([expect.any(Date)])
})

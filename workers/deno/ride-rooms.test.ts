import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Gateway, GatewayOrder } from '#packages/protocol/gateway-link.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import { PASS_IN_FLIGHT_MS, STALE_AFTER_MS } from '#packages/ride-room/limits.ts'
import {
  bookingEvent,
  driverPass,
  passengerPass,
  rideEvent,
  rideId,
} from '#packages/ride-room/testing/ride-fixture.ts'
import { jsonLog } from '../http/log.ts'
import { RideRooms } from './ride-rooms.ts'
import { FakeSocket } from './testing/fake-socket.ts'

let logged: string[]
let rooms: RideRooms
let taken: GatewayOrder[]
let stored: TraceLine[]

beforeEach(() => {
  vi.useFakeTimers()
  logged = []
  taken = []
  stored = []
  const database = {
    loadPlan: async () => null,
    storeTrace: async (_: string, line: TraceLine) => void stored.push(line),
  }
  const take: Gateway['take'] = async (_, orders) => {
    taken.push(...orders)
    return []
  }
  const gateway = () => ({ take })
  rooms = new RideRooms({ log: jsonLog((line) => logged.push(line)), database, gateway })
})
afterEach(() => {
  rooms.close()
  vi.useRealTimers()
})

function join(pass: RoomPass, after: number | null = null): FakeSocket {
  const socket = new FakeSocket()
  rooms.join(socket.asRoomSocket(), pass, after)
  socket.open()
  return socket
}

function position(step: number) {
  return { type: 'position', lat: 12 + step / 100, lng: 77, at: new Date().toISOString() }
}

test('a position reaches the passengers, numbered from the present on', () => {
  const [car, passenger] = [join(driverPass()), join(passengerPass(1))]
  car.say(position(1))
  const seq = Date.now() + 2
  expect(passenger.heard('position')).toEqual([expect.objectContaining({ lat: 12.01, seq })])
  expect(car.heard('position')).toEqual([])
  expect(logged).toEqual([])
})

test('nobody is in a room before the socket is open', () => {
  const socket = new FakeSocket()
  rooms.join(socket.asRoomSocket(), driverPass(), null)
  expect([rooms.size, socket.sent]).toEqual([0, []])
})

test('who comes back with a number gets what was missed', () => {
  const [car, passenger] = [join(driverPass()), join(passengerPass(1))]
  join(passengerPass(2))
  car.say(position(1))
  passenger.hangUp()
  vi.advanceTimersByTime(1000)
  car.say(position(2))
  const again = join(passengerPass(1), Object(passenger.heard('position')[0]).seq)
  expect(again.heard('position')).toEqual([expect.objectContaining({ lat: 12.02 })])
})

test('silence is told when its time has come', () => {
  const [car, passenger] = [join(driverPass()), join(passengerPass(1))]
  car.say(position(1))
  vi.advanceTimersByTime(STALE_AFTER_MS - 1)
  expect(passenger.heard('stale')).toEqual([])
  vi.advanceTimersByTime(1)
  expect(passenger.heard('stale')).toHaveLength(1)
})

test('a pass that ends later than a timer can wait does not end now', () => {
  const car = join(driverPass('scheduled', { expiresAt: Date.now() + 2 ** 40 }))
  vi.advanceTimersByTime(1000)
  expect([car.closed, vi.getTimerCount()]).toEqual([null, 1])
})

test('binary frames and passes for nothing close their socket only', () => {
  const [car, bad] = [join(driverPass()), join(passengerPass(1))]
  bad.say(new ArrayBuffer(8))
  const late = join(passengerPass(2, 'started', { expiresAt: Date.now() }))
  expect([bad.closed?.reason, late.closed?.reason, car.closed]).toEqual(['binary_frame', 'pass_expired', null])
})

test('an error costs the socket that caused it, is logged, and does not reach the process', () => {
  const [car, passenger] = [join(driverPass()), join(passengerPass(1))]
  vi.spyOn(passenger, 'send').mockImplementation(() => {
    throw new Error('the socket broke')
  })
  expect(() => car.say(position(1))).not.toThrow()
  expect([car.closed?.reason, passenger.closed]).toEqual(['internal', null])
  expect(logged.join('')).toContain('the socket broke')
})

test('the end of the ride closes every socket, and the empty room is forgotten once no pass is on its way', async () => {
  const sockets = [join(driverPass()), join(passengerPass(1))]
  rooms.announce(rideId, [rideEvent(1, 'completed')])
  for (const socket of sockets) {
    expect(socket.closed).toEqual({ code: 4000, reason: 'ride_completed' })
    socket.hangUp()
  }
  rooms.forgetIdle()
  expect(rooms.size).toBe(1)
  await vi.advanceTimersByTimeAsync(PASS_IN_FLIGHT_MS + 1)
  rooms.forgetIdle()
  expect(rooms.size).toBe(0)
})

test('a cancelled booking keeps out the pass that was made before', () => {
  rooms.announce(rideId, [bookingEvent(1, 1, 'cancelled')])
  vi.advanceTimersByTime(PASS_IN_FLIGHT_MS - 1)
  rooms.forgetIdle()
  expect(join(passengerPass(1)).closed?.reason).toBe('removed')
})

test('a room where somebody is, or that knows where the car is, stays', () => {
  const car = join(driverPass())
  vi.advanceTimersByTime(2 * PASS_IN_FLIGHT_MS)
  rooms.forgetIdle()
  expect(rooms.size).toBe(1)
  car.say(position(1))
  car.hangUp()
  vi.advanceTimersByTime(2 * PASS_IN_FLIGHT_MS)
  rooms.forgetIdle()
  expect(join(passengerPass(1)).heard('snapshot')).toMatchObject([{ position: { lat: 12.01, stale: true } }])
})

test('a forgotten room begins above every number that it had told', () => {
  const passenger = join(passengerPass(1))
  rooms.announce(rideId, [bookingEvent(1, 1, 'confirmed')])
  const told = Object(passenger.heard('booking')[0]).seq
  passenger.hangUp()
  vi.advanceTimersByTime(2 * PASS_IN_FLIGHT_MS)
  rooms.forgetIdle()
  expect(rooms.size).toBe(0)
  const [snapshot] = join(passengerPass(1), told).heard('snapshot')
  expect(snapshot).toMatchObject({ resumed: false })
  expect(Object(snapshot).seq).toBeGreaterThan(told)
})

test('at the end every socket is told to come back, and no timer is left', () => {
  const car = join(driverPass())
  rooms.close()
  expect(car.closed).toEqual({ code: 1011, reason: 'internal' })
  expect([rooms.size, vi.getTimerCount()]).toEqual([0, 0])
})

test('a burst is told as its first position and, a second later, its last', () => {
  const [car, passenger] = [join(driverPass()), join(passengerPass(1))]
  for (let step = 0; step < 5; step++) {
    car.say(position(step))
    vi.advanceTimersByTime(50)
  }
  expect(passenger.heard('position')).toHaveLength(1)
  vi.advanceTimersByTime(1000)
  expect(passenger.heard('position')).toMatchObject([{ lat: 12 }, { lat: 12.04 }])
})

test('a client that does not read hears fewer positions but every event, and in the end is given up', () => {
  const [car, slow, quick] = [join(driverPass()), join(passengerPass(1)), join(passengerPass(2))]
  slow.bufferedAmount = 100_000
  car.say(position(1))
  rooms.announce(rideId, [bookingEvent(1, 1, 'boarded')])
  expect([slow, quick].map((each) => each.heard('position').length)).toEqual([0, 1])
  expect(slow.heard('booking')).toHaveLength(1)
  slow.bufferedAmount = 2_000_000
  vi.advanceTimersByTime(1000)
  car.say(position(2))
  expect([slow.closed, quick.closed]).toEqual([{ code: 1011, reason: 'internal' }, null])
})

test('sockets behind gateways are members: they join, speak, hear and leave', async () => {
  const link = { gateway: 'g1', socket: 'a' }
  const outcomes = rooms.joinVia(rideId, [{ link, pass: passengerPass(1) }])
  expect(outcomes).toEqual([{ frames: [expect.stringContaining('snapshot')] }])
  join(driverPass()).say(position(1))
  await vi.advanceTimersByTimeAsync(0)
  expect(taken).toEqual([{ do: 'send', sockets: ['a'], frame: expect.stringContaining('"lat":12.01') }])
  expect(rooms.sayVia(rideId, link, [JSON.stringify(position(2))])).toMatchObject({ known: true })
  expect(taken.at(-1)).toMatchObject({ frame: expect.stringContaining('not_the_driver') })
  rooms.leaveVia(rideId, link)
  expect(rooms.sayVia(rideId, link, ['{}'])).toEqual({ known: false, orders: [] })
  const late = { link, pass: passengerPass(1, 'completed') }
  expect(rooms.joinVia(rideId, [late, late])).toEqual([
    { closed: 'ride_completed' },
    { closed: 'ride_completed' },
  ])
})

test('over REST the car is seen and reported, and the trace goes to the database when the ride ends', async () => {
  const fix = { lat: 12.5, lng: 77, at: new Date().toISOString() }
  expect(rooms.report(driverPass(), [fix])).toEqual({ accepted: 1 })
  expect(rooms.look(passengerPass(1))).toMatchObject({ view: { position: { lat: 12.5 } } })
  expect(rooms.trace(rideId)).toMatchObject({ seconds: [0] })
  rooms.announce(rideId, [rideEvent(1, 'completed')])
  await vi.advanceTimersByTimeAsync(1)
  expect(stored).toMatchObject([{ seconds: [0] }])
  expect(rooms.trace(rideId)).toBeNull()
})

import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ServerFrame } from '#packages/protocol/server-frame.ts'
import { FakeGateways } from '../testing/fake-gateway.ts'
import { LiveClient, rideRooms } from '../testing/live-client.ts'
import { passesFor, positionFrame } from '../testing/passes.ts'
import { stubDatabase } from '../testing/stub-database.ts'
import { announceToRide, lookAtRide, reportToRide } from './reach-ride-room.ts'
import type { RideRoom } from './ride-room.ts'

stubDatabase()

// Timers are faked too: the one that saves a room would keep it awake for ten seconds.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

/** Waits in real time. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await scheduler.wait(2)
}

async function attach(room: DurableObjectStub<RideRoom>, gateways: FakeGateways): Promise<void> {
  await runInDurableObject(room, (object) => {
    object.gateway = gateways.reach
  })
}

/** Ten seconds after the last position the room is saved, and may sleep. */
async function fallAsleep(room: DurableObjectStub<RideRoom>): Promise<void> {
  await runInDurableObject(room, () => vi.advanceTimersByTimeAsync(20_000))
  await evictDurableObject(room)
}

const driverLink = { gateway: 'g1', socket: 'car' }
const passengerLink = { gateway: 'g2', socket: 'anna' }

/** A ride whose driver and one passenger come through gateways, with a native witness. */
async function linkedRide() {
  const passes = passesFor()
  const room = rideRooms.getByName(passes.ride.id)
  const gateways = new FakeGateways()
  await attach(room, gateways)
  const annasPass = passes.book()
  expect(
    await rideRooms.getByName(passes.driver.ride.id).joinVia(driverLink, passes.driver, null),
  ).toMatchObject({
    frames: [expect.any(String)],
  })
  expect(await rideRooms.getByName(annasPass.ride.id).joinVia(passengerLink, annasPass, null)).toMatchObject({
    frames: [expect.any(String)],
  })
  const witness = await LiveClient.join(passes.book())
  const say = (step: number) => {
    vi.setSystemTime(Date.now() + 1000)
    const frame = JSON.stringify(positionFrame(step, Date.now() - step * 1000))
    return rideRooms.getByName(passes.ride.id).sayVia(driverLink, [frame])
  }
  return { ...passes, room, gateways, annasPass, witness, say }
}

test('through a gateway a driver is heard and a passenger hears, asleep or awake', async () => {
  const { room, gateways, witness, say } = await linkedRide()
  for (let step = 0; step < 6; step++) {
    if (step % 2 === 1) {
      await fallAsleep(room)
      await attach(room, gateways)
    }
    expect(await say(step)).toBe(true)
    await witness.until(({ frames }) => frames.filter(({ type }) => type === 'position').length === step + 1)
    await until(() => gateways.heard('anna', 'position').length === step + 1)
  }
  const numbers = gateways.heard('anna', 'position').map(({ seq }) => seq)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  expect(witness.heard('position').map(({ seq }) => seq)).toEqual(numbers)
  expect(gateways.heard('car', 'position')).toEqual([])
})

test('who left, or is gone, is no member any more, after a sleep neither', async () => {
  const { ride, room, gateways, say, witness } = await linkedRide()
  gateways.gone.add('anna')
  await say(1)
  await until(() => gateways.heard('anna', 'position').length === 1)
  await until(async () => !(await rideRooms.getByName(ride.id).sayVia(passengerLink, ['{"type":"ping"}'])))
  await rideRooms.getByName(ride.id).leaveVia(driverLink)
  await rideRooms.getByName(ride.id).leaveVia(driverLink)
  await fallAsleep(room)
  expect(await say(2)).toBe(false)
  expect(witness.heard('position')).toHaveLength(1)
})

test('a right that ends ends the link too, and the gateway is told why', async () => {
  const { ride, room, gateways, annasPass } = await linkedRide()
  await evictDurableObject(room)
  await attach(room, gateways)
  const { bookingId, userId: passengerId } = annasPass
  const at = new Date().toISOString()
  const id = crypto.randomUUID()
  await announceToRide(rideRooms, ride.id, [
    { id, type: 'booking', bookingId, passengerId, state: 'cancelled', at },
  ])
  await until(() => gateways.orders.some(({ order }) => order.do === 'close'))
  expect(gateways.orders.at(-1)).toEqual({
    gateway: 'g2',
    order: { do: 'close', sockets: ['anna'], reason: 'removed' },
  })
  expect(await rideRooms.getByName(annasPass.ride.id).joinVia(passengerLink, annasPass, null)).toEqual({
    closed: 'removed',
  })
})

test('a gateway that is down takes its sockets along; native sockets hear everything meanwhile', async () => {
  const { ride, gateways, witness, say } = await linkedRide()
  gateways.isUp = false
  await say(1)
  await witness.until((client) => client.heard('position').length === 1)
  await until(async () => !(await rideRooms.getByName(ride.id).sayVia(passengerLink, ['{"type":"ping"}'])))
  expect(await rideRooms.getByName(ride.id).sayVia(driverLink, [])).toBe(true)
})

test('over REST the driver reports and a passenger looks, with the same view as a socket', async () => {
  const { driver, annasPass, witness, book } = await linkedRide()
  const { type: _, ...fix } = positionFrame(1)
  expect(await reportToRide(rideRooms, driver, [fix, { ...fix, at: new Date(0).toISOString() }])).toEqual({
    accepted: 2,
  })
  await witness.until((client) => client.heard('position').length === 1)
  const looked = await lookAtRide(rideRooms, annasPass)
  expect('view' in looked && ServerFrame.parse(looked.view)).toMatchObject({
    position: { lat: 12.97 - 1 / 1000 },
  })
  const tooEarly = { ...book(), positionsFrom: Date.now() + 1000 }
  expect(await lookAtRide(rideRooms, tooEarly)).toMatchObject({ view: { position: null } })
  expect(await reportToRide(rideRooms, annasPass, [fix])).toEqual({ closed: 'unauthenticated' })
})

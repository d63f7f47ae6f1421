import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GatewayLink } from '#packages/protocol/gateway-link.ts'
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

async function isKnown(rideId: string, link: GatewayLink): Promise<boolean> {
  const { known } = await rideRooms.getByName(rideId).sayVia(link, [])
  return known
}

/** A ride whose driver and one passenger come through gateways, with a native witness. */
async function linkedRide() {
  const passes = passesFor()
  const room = rideRooms.getByName(passes.ride.id)
  const gateways = new FakeGateways()
  await attach(room, gateways)
  const annasPass = passes.book()
  expect(
    await rideRooms.getByName(passes.driver.ride.id).joinVia([{ link: driverLink, pass: passes.driver }]),
  ).toMatchObject([{ frames: [expect.any(String)] }])
  expect(
    await rideRooms.getByName(annasPass.ride.id).joinVia([{ link: passengerLink, pass: annasPass }]),
  ).toMatchObject([{ frames: [expect.any(String)] }])
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
    expect(await say(step)).toEqual({ known: true, orders: [] })
    await witness.until(({ frames }) => frames.filter(({ type }) => type === 'position').length === step + 1)
    await until(() => gateways.heard('anna', 'position').length === step + 1)
  }
  const numbers = gateways.heard('anna', 'position').map(({ seq }) => seq)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  expect(witness.heard('position').map(({ seq }) => seq)).toEqual(numbers)
  expect(gateways.heard('car', 'position')).toEqual([])
})

test('to members behind the gateway that speaks a position travels with the reply, asleep or awake', async () => {
  const { ride, room, gateways, book, say, witness } = await linkedRide()
  const beside = { gateway: 'g1', socket: 'bina' }
  await rideRooms.getByName(ride.id).joinVia([{ link: beside, pass: book() }])
  for (let step = 0; step < 4; step++) {
    if (step % 2 === 1) {
      await fallAsleep(room)
      await attach(room, gateways)
    }
    const { orders } = await say(step)
    const [order] = orders
    expect(orders).toHaveLength(1)
    expect(order).toMatchObject({ sockets: ['bina'] })
    // The others get the same, by a call of their own.
    await until(() => gateways.heard('anna', 'position').length === step + 1)
    const frame = order ? ServerFrame.parse(JSON.parse(order.frame)) : null
    expect(gateways.heard('anna', 'position').at(-1)).toEqual(frame)
  }
  await witness.until((client) => client.heard('position').length === 4)
  expect(gateways.heard('bina', 'position')).toEqual([])
})

test('a reply brings nothing while a call to that gateway is on its way', async () => {
  const { ride, room, gateways, book, annasPass, say } = await linkedRide()
  const beside = { gateway: 'g1', socket: 'bina' }
  await rideRooms.getByName(ride.id).joinVia([{ link: beside, pass: book() }])
  const held = Promise.withResolvers<void>()
  await runInDurableObject(room, (object) => {
    object.gateway = (name) => ({
      take: async (source, orders) => {
        if (name === 'g1') await held.promise
        return gateways.reach(name).take(source, orders)
      },
    })
  })
  // News for the driver, which is behind the same gateway.
  const { bookingId, userId: passengerId } = annasPass
  const news = {
    id: crypto.randomUUID(),
    type: 'booking' as const,
    bookingId,
    passengerId,
    state: 'cancelled' as const,
  }
  await announceToRide(rideRooms, ride.id, [{ ...news, at: new Date().toISOString() }])
  expect(await say(1)).toEqual({ known: true, orders: [] })
  held.resolve()
  await until(() => gateways.heard('bina', 'position').length === 1)
  expect((await say(2)).orders).toHaveLength(1)
})

test('what a gateway says is gone leaves with the next that it says', async () => {
  const { ride, say, book } = await linkedRide()
  const beside = { gateway: 'g1', socket: 'bina' }
  const other = { gateway: 'g1', socket: 'chitra' }
  for (const link of [beside, other]) await rideRooms.getByName(ride.id).joinVia([{ link, pass: book() }])
  const aside = { waited: 10, gone: ['bina'] }
  expect((await rideRooms.getByName(ride.id).sayVia(driverLink, [], aside)).known).toBe(true)
  expect(await isKnown(ride.id, beside)).toBe(false)
  expect((await say(1)).orders).toMatchObject([{ sockets: ['chitra'] }])
  await rideRooms.getByName(ride.id).leaveVia(driverLink, ['chitra'])
  expect(await isKnown(ride.id, other)).toBe(false)
  expect(await isKnown(ride.id, passengerLink)).toBe(true)
})

test('who left, or is gone, is no member any more, after a sleep neither', async () => {
  const { ride, room, gateways, say, witness } = await linkedRide()
  gateways.gone.add('anna')
  await say(1)
  await until(() => gateways.heard('anna', 'position').length === 1)
  await until(async () => !(await isKnown(ride.id, passengerLink)))
  await rideRooms.getByName(ride.id).leaveVia(driverLink)
  await rideRooms.getByName(ride.id).leaveVia(driverLink)
  await fallAsleep(room)
  expect(await say(2)).toEqual({ known: false, orders: [] })
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
  expect(
    await rideRooms.getByName(annasPass.ride.id).joinVia([{ link: passengerLink, pass: annasPass }]),
  ).toEqual([{ closed: 'removed' }])
})

test('a gateway that is down takes its sockets along; native sockets hear everything meanwhile', async () => {
  const { ride, gateways, witness, say } = await linkedRide()
  gateways.isUp = false
  await say(1)
  await witness.until((client) => client.heard('position').length === 1)
  await until(async () => !(await isKnown(ride.id, passengerLink)))
  expect(await isKnown(ride.id, driverLink)).toBe(true)
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

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { onRoad, plannedRide } from '#packages/ride-room/testing/planned-ride.ts'
import { LiveClient, rideRooms } from '../testing/live-client.ts'
import { passesFor } from '../testing/passes.ts'
import { stubDatabase } from '../testing/stub-database.ts'
import { announceToRide, rideTrace } from './reach-ride-room.ts'

stubDatabase()

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

/** A ride whose plan is known, its driver and a passenger in the room, and a database that takes traces when it is up. */
async function plannedRoom() {
  const { ride, driver, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const stored: TraceLine[] = []
  const state = { isUp: true, plansRead: 0 }
  const database: RideDatabase = {
    loadPlan: async () => {
      state.plansRead += 1
      if (!state.isUp) throw new Error('the database is down')
      return plannedRide({ departsAt: Date.now() })
    },
    storeTrace: async (_, line) => {
      if (!state.isUp) throw new Error('the database is down')
      stored.push(line)
    },
  }
  // A room that has slept has forgotten it.
  const attach = () =>
    runInDurableObject(room, (object) => {
      object.database = database
    })
  await attach()
  const pass = book()
  const [car, passenger] = [await LiveClient.join(driver), await LiveClient.join(pass)]
  const drive = async (metres: number) => {
    vi.setSystemTime(Date.now() + 1000)
    const told = passenger.heard('position').length
    car.say({ type: 'position', ...onRoad(metres), accuracy: 8, at: new Date().toISOString() })
    await passenger.until((client) => client.heard('position').length > told)
  }
  const end = () => {
    const at = new Date().toISOString()
    return announceToRide(rideRooms, ride.id, [
      { id: crypto.randomUUID(), type: 'ride', status: 'completed', at },
    ])
  }
  return { ride, room, car, passenger, pass, stored, state, attach, drive, end }
}

test('the trace survives any number of sleeps and is stored once, however often the alarm rings', async () => {
  const { ride, room, stored, attach, drive, end } = await plannedRoom()
  for (let i = 0; i < 12; i++) {
    await drive(i * 100)
    if (i % 3 === 1) {
      await evictDurableObject(room)
      await attach()
    }
  }
  expect((await rideTrace(rideRooms, ride.id))?.metres).toBeGreaterThan(1090)
  await end()
  await evictDurableObject(room)
  await attach()
  await runDurableObjectAlarm(room)
  await runInDurableObject(room, (object) => object.alarm())
  await vi.waitUntil(() => stored.length > 0)
  expect(stored[0]?.metres).toBe(1100)
  await evictDurableObject(room)
  await attach()
  await runInDurableObject(room, (object) => object.alarm())
  expect(await rideTrace(rideRooms, ride.id)).toBeNull()
  expect(new Set(stored.map((line) => JSON.stringify(line))).size).toBe(1)
})

test('while the database is down the trace waits, and is tried again', async () => {
  const { ride, room, stored, state, attach, drive, end } = await plannedRoom()
  for (const metres of [0, 100, 200]) await drive(metres)
  state.isUp = false
  await end()
  await runDurableObjectAlarm(room)
  await evictDurableObject(room)
  await attach()
  expect((await rideTrace(rideRooms, ride.id))?.metres).toBe(200)
  const due = await runInDurableObject(room, (_, { storage }) => storage.getAlarm())
  expect(due).toBeGreaterThan(Date.now())
  state.isUp = true
  vi.setSystemTime(due ?? Date.now())
  await runDurableObjectAlarm(room)
  await vi.waitUntil(() => stored.length === 1)
})

test('the plan is read once and kept through sleep; arrival times and events come of it, none twice', async () => {
  const { room, car, passenger, state, attach, drive } = await plannedRoom()
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 12; i++) await drive(10_000)
    await evictDurableObject(room)
    await attach()
  }
  await drive(10_000)
  await vi.waitUntil(() => car.heard('stop_reached').length > 0)
  expect(car.heard('stop_reached')).toMatchObject([{ stop: 1 }])
  expect(passenger.heard('stop_reached')).toHaveLength(1)
  expect(car.heard('eta').length).toBeGreaterThan(0)
  expect(state.plansRead).toBe(1)
})

test('who was away while the room slept gets the way since', async () => {
  const { ride, room, passenger, pass, attach, drive } = await plannedRoom()
  for (let i = 0; i < 5; i++) await drive(i * 100)
  const last = passenger.heard('position')[1]?.seq ?? 0
  await evictDurableObject(room)
  await attach()
  for (let i = 5; i < 10; i++) await drive(i * 100)
  const back = await LiveClient.join({ ...pass, ride: { ...pass.ride, id: ride.id } }, last)
  await back.until(({ frames }) => frames.some(({ type }) => type === 'snapshot'))
  expect(back.frames.map(({ type }) => type)).toEqual(['trace', 'snapshot'])
  expect(back.heard('trace')).toMatchObject([{ after: last, metres: 700 }])
})

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveClient, rideRooms } from '../testing/live-client.ts'
import { passesFor, positionFrame } from '../testing/passes.ts'
import { stubDatabase } from '../testing/stub-database.ts'

stubDatabase()

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

test('silence is told once, whatever the alarm does, and again after the next silence', async () => {
  const { ride, driver, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const car = await LiveClient.join(driver)
  const passenger = await LiveClient.join(book())
  for (const round of [1, 2]) {
    car.say(positionFrame(round))
    await passenger.until((client) => client.heard('position').length === round)
    vi.setSystemTime(Date.now() + 60_000)
    await evictDurableObject(room)
    expect(await runDurableObjectAlarm(room)).toBe(true)
    await runInDurableObject(room, (object) => object.alarm())
    await evictDurableObject(room)
    await runInDurableObject(room, (object) => object.alarm())
    await passenger.until((client) => client.heard('stale').length === round)
  }
  car.say({ type: 'resume', after: 0 })
  await car.until((client) => client.heard('snapshot').length === 2)
  expect(car.heard('stale')).toHaveLength(2)
  expect(car.heard('snapshot')[1]?.position).toMatchObject({ stale: true, age: 60 })
})

test('who wakes knows the alarm that is set, and sets it only where it would ring too late', async () => {
  const { ride, driver, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const car = await LiveClient.join(driver)
  const passenger = await LiveClient.join(book())
  car.say(positionFrame(1))
  await passenger.until((client) => client.heard('position').length === 1)
  const rings = () => runInDurableObject(room, (_, { storage }) => storage.getAlarm())
  const first = await rings()
  expect(first).toBeGreaterThan(Date.now())
  await evictDurableObject(room)
  // Whoever sets it again would find it gone, and set it.
  await runInDurableObject(room, (_, { storage }) => storage.deleteAlarm())
  await LiveClient.join(book())
  expect(await rings()).toBeNull()
  await LiveClient.join({ ...book(), expiresAt: Date.now() + 20_000 })
  expect(await rings()).toBe(Date.now() + 20_000)
  // One that should have rung by now is none.
  vi.setSystemTime(Date.now() + 120_000)
  await evictDurableObject(room)
  await runInDurableObject(room, (_, { storage }) => storage.deleteAlarm())
  await LiveClient.join(book())
  expect(await rings()).not.toBeNull()
})

test('a pass that runs out closes its socket at the alarm', async () => {
  const { ride, driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const passenger = await LiveClient.join({ ...book(), expiresAt: Date.now() + 5000 })
  const room = rideRooms.getByName(ride.id)
  const due = await runInDurableObject(room, (_, state) => state.storage.getAlarm())
  expect(due).toBe(Date.now() + 5000)
  vi.setSystemTime(Date.now() + 5000)
  await runDurableObjectAlarm(room)
  await passenger.until(({ closed }) => closed !== null)
  expect(passenger.closed).toEqual({ code: 4001, reason: 'pass_expired' })
  expect(car.closed).toBeNull()
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineClient } from '../testing/engine-client.ts'
import { connect, evict, newPerson, newShard } from '../testing/gateway-person.ts'
import { stubDatabase } from '../testing/stub-database.ts'

stubDatabase()

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds)

test('a position that is held is said before its gateway sleeps, and is acknowledged then', async () => {
  const shard = newShard()
  const [driver, passenger] = [newPerson(), newPerson()]
  const rideId = driver.userId
  const [car, app] = [await EngineClient.open(shard), await EngineClient.open(shard)]
  car.say(connect(driver))
  app.say(connect(passenger))
  for (const client of [car, app]) await client.heard('42["realtime:snapshot"')
  app.say(`421["ride:join","${rideId}"]`)
  await app.heard('431[{"ok":true')
  const began = Date.now()
  const at = (step: number) => {
    const instant = new Date(began + step * 100).toISOString()
    return `["location:update",{"lat":12.97,"lng":${77 + step / 100},"at":"${instant}","rideId":"${rideId}"}]`
  }
  car.say(`421${at(1)}`)
  await car.heard('431[{"ok":true}]')
  pass(100)
  for (const step of [2, 3]) car.say(`42${step}${at(step)}`)
  await evict(shard)
  for (const step of [2, 3]) await car.heard(`43${step}[{"ok":true}]`)
  await app.until((client) => client.events('location:updated').length === 2)
  pass(2000)
  car.say(`424${at(4)}`)
  await car.heard('434[{"ok":true}]')
  await app.until((client) => client.events('location:updated').length === 3)
  const told = app.events('location:updated').map(([body]) => body)
  expect(told).toMatchObject([1, 3, 4].map((step) => ({ lng: 77 + step / 100 })))
})

test('a driver who breaks off has said what was held, asleep or awake', async () => {
  const shard = newShard()
  const [driver, passenger] = [newPerson(), newPerson()]
  const rideId = driver.userId
  const car = await EngineClient.open(shard)
  const app = await EngineClient.open(newShard())
  car.say(connect(driver))
  app.say(connect(passenger))
  for (const client of [car, app]) await client.heard('42["realtime:snapshot"')
  app.say(`421["ride:join","${rideId}"]`)
  car.say(`421["ride:join","${rideId}"]`)
  for (const client of [app, car]) await client.heard('431[{"ok":true')
  for (const step of [1, 2]) {
    const at = new Date(Date.now() + step * 100).toISOString()
    car.say(`42["location:update",{"lat":12.97,"lng":${77 + step / 100},"at":"${at}","rideId":"${rideId}"}]`)
  }
  await app.until((client) => client.events('location:updated').length === 1)
  car.hangUp()
  await app.until((client) => client.events('location:updated').length === 2)
})

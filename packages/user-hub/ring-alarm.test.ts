import { expect, test } from 'vitest'
import { DRIVER_GONE_MS, OFFLINE_RETRY_MS } from './limits.ts'
import { newPerson } from './testing/person.ts'
import { Town } from './testing/town.ts'

test('a driver whose devices are all gone for long is taken offline, once', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const [phone, tablet] = [
    await town.join(pass({ drives: true })),
    await town.joinVia('g', pass({ drives: true })),
  ]
  await town.hangUp(phone)
  await town.pass(DRIVER_GONE_MS * 2)
  expect(town.offline).toEqual([])
  const since = town.now
  await town.hangUp(tablet)
  town.evict(userId)
  await town.pass(DRIVER_GONE_MS - 1)
  expect(town.offline).toEqual([])
  town.evict(userId)
  await town.pass(DRIVER_GONE_MS)
  await town.ring(userId)
  await town.pass(DRIVER_GONE_MS)
  expect(town.offline).toEqual([{ userId, since }])
  expect(town.house(userId).alarmAt).toBeNull()
})

test('who is back in time stays online, and who drives nothing never was', async () => {
  const town = new Town()
  const [driver, passenger] = [newPerson(), newPerson()]
  await town.hangUp(await town.join(driver.pass({ drives: true })))
  await town.hangUp(await town.join(passenger.pass({ drives: false })))
  await town.pass(DRIVER_GONE_MS - 1)
  const again = await town.join(driver.pass({ drives: true }))
  await town.pass(DRIVER_GONE_MS * 2)
  expect([again.closed, town.offline]).toEqual([null, []])
})

test('a database that is down delays it, unless the driver is back', async () => {
  const town = new Town()
  const [gone, back] = [newPerson(), newPerson()]
  for (const { pass } of [gone, back]) await town.hangUp(await town.join(pass({ drives: true })))
  const since = town.now
  town.watchable = null
  await town.pass(DRIVER_GONE_MS)
  expect(town.reports).toEqual(['errand failed', 'errand failed'])
  await town.join(back.pass({ drives: true }))
  town.watchable = new Set()
  town.evict(gone.userId)
  await town.pass(OFFLINE_RETRY_MS)
  expect(town.offline).toEqual([{ userId: gone.userId, since }])
})

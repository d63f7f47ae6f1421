import { expect, test } from 'vitest'
import { EVENTS_KEPT_MS, MAX_EVENTS, TRIM_EVENTS, TRIM_MS } from './limits.ts'
import { chatEvent, deletedEvent, newPerson, numbers, rideEvent } from './testing/person.ts'
import { heard, Town } from './testing/town.ts'

const many = (count: number) => Array.from({ length: count }, () => rideEvent())

test('an event is kept before it is told, and told once, also within one call', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const device = await town.join(pass())
  const event = rideEvent()
  expect(await town.hub(userId).tell([event, event])).toBe(true)
  expect(town.house(userId).log.has(event.id)).toBe(true)
  town.evict(userId)
  await town.hub(userId).tell([event])
  expect(device.frames.slice(1)).toEqual([{ ...event, seq: 1 }])
})

test('whether somebody is there is the answer', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  expect(await town.hub(userId).tell([rideEvent()])).toBe(false)
  const device = await town.join(pass())
  expect(await town.hub(userId).tell([])).toBe(true)
  await town.hangUp(device)
  expect(await town.hub(userId).tell([rideEvent()])).toBe(false)
})

test('the log is bounded by number: the last of them are there, and not many more', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  for (let n = 0; n < 10; n++) await town.hub(userId).tell(many(97))
  const { newest, floor } = town.house(userId).log.bounds()
  expect(newest).toBe(970)
  expect(newest - floor).toBeGreaterThanOrEqual(MAX_EVENTS)
  expect(newest - floor).toBeLessThanOrEqual(MAX_EVENTS + TRIM_EVENTS)
  const back = await town.join(pass(), newest - MAX_EVENTS)
  expect(numbers(back.frames)).toHaveLength(MAX_EVENTS)
  const late = await town.join(pass(), floor - 1)
  expect(late.frames).toMatchObject([{ type: 'snapshot', seq: 970, resumed: false }])
})

test('the log is bounded by age, without anybody coming, and its number survives it', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const start = town.now
  await town.hub(userId).tell(many(3))
  town.evict(userId)
  await town.pass(EVENTS_KEPT_MS)
  await town.hub(userId).tell(many(1))
  await town.pass(TRIM_MS)
  town.evict(userId)
  expect(town.house(userId).log.bounds()).toMatchObject({ newest: 4, floor: 3 })
  expect(town.house(userId).alarmAt).toBe(start + 2 * EVENTS_KEPT_MS + TRIM_MS)
  await town.pass(EVENTS_KEPT_MS + TRIM_MS)
  town.evict(userId)
  expect(town.house(userId).log.bounds().oldestAt).toBeNull()
  expect(town.house(userId).alarmAt).toBeNull()
  expect((await town.join(pass(), 3)).frames).toMatchObject([{ seq: 4, resumed: false }])
  const device = await town.join(pass(), 4)
  await town.hub(userId).tell(many(1))
  expect(device.frames).toMatchObject([{ seq: 4, resumed: true }, { seq: 5 }])
})

test('of a message that was deleted its words go, and it does not come again', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const said = chatEvent(undefined, 'a secret')
  await town.hub(userId).tell([said, chatEvent()])
  await town.hub(userId).tell([deletedEvent(said.message.id)])
  await town.hub(userId).tell([said])
  expect(JSON.stringify(town.house(userId).log.after(0))).not.toContain('a secret')
  const device = await town.join(pass(), 0)
  expect(numbers(device.frames)).toEqual([2, 3])
})

test('what is passed on is told to who is there and kept by nobody', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const device = await town.join(pass())
  const frame = { type: 'chat:typing', conversationId: userId, userId, typing: true } as const
  await town.hub(userId).passOn(frame)
  expect(heard(device, 'chat:typing')).toEqual([frame])
  const late = await town.join(pass(), 0)
  expect(late.frames).toHaveLength(1)
})

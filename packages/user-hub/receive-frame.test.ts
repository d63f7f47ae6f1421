import { expect, test } from 'vitest'
import { chatEvent, deletedEvent, newPerson, rideEvent } from './testing/person.ts'
import { Town } from './testing/town.ts'

test('what a device acknowledges has arrived: of each message it is noted once, of deleted ones never', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const [first, second] = [await town.join(pass()), await town.join(pass())]
  const [one, two, three, four] = [chatEvent(), chatEvent(), chatEvent(), chatEvent()]
  await town.hub(userId).tell([one, rideEvent(), two, three])
  await town.hub(userId).tell([deletedEvent(three.message.id), four])
  await town.say(first, { type: 'ack', seq: 2 })
  await town.say(second, { type: 'ack', seq: 5 })
  await town.say(first, { type: 'ack', seq: 5 })
  await town.settle()
  expect(town.delivered).toEqual([
    { userId, messageIds: [one.message.id] },
    { userId, messageIds: [two.message.id] },
  ])
  await town.say(second, { type: 'ack', seq: 6 })
  await town.settle()
  expect(town.delivered.at(-1)).toEqual({ userId, messageIds: [four.message.id] })
})

test('what was not told cannot have arrived', async () => {
  const town = new Town()
  const { userId, pass } = newPerson()
  const device = await town.join(pass())
  await town.hub(userId).tell([chatEvent()])
  await town.say(device, { type: 'ack', seq: 2 })
  await town.settle()
  expect(town.delivered).toEqual([])
})

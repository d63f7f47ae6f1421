import { afterEach, expect, test } from 'vitest'
import { actOn, book } from './client/bookings.ts'
import { chatOf, mark, readPage, remove, say } from './client/chat.ts'
import { HubClient } from './client/hub-client.ts'
import { type Person, signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

const open: HubClient[] = []
afterEach(() => {
  for (const client of open.splice(0)) client.hangUp()
})

async function listen({ token }: Person, after?: number): Promise<HubClient> {
  const client = await HubClient.connect({ token, ...(after !== undefined && { after }) })
  open.push(client)
  return client
}

test('a message, how it is received and its end reach every device of both, the sender’s own too', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const devices = [await listen(asker), await listen(asker), await listen(trip.driver)]
  const message = await say(asker, id, 'On my way')
  for (const device of devices) {
    await device.until(() => device.heard('chat:message').length > 0)
    expect(device.heard('chat:message')).toMatchObject([{ message }])
  }
  await mark(trip.driver, message.id, 'delivered')
  await mark(trip.driver, message.id, 'read')
  // Neither again nor back is anything to tell.
  await mark(trip.driver, message.id, 'read')
  await readPage(trip.driver, id)
  await remove(asker, message.id)
  for (const device of devices) {
    await device.until(() => device.heard('chat:deleted').length > 0)
    expect(device.heard('chat:deleted')).toMatchObject([
      { conversationId: id, messageId: message.id, messageSeq: 1 },
    ])
    const receipts = device.heard('chat:receipt')
    expect(receipts.length).toBeLessThanOrEqual(2)
    expect(receipts.at(-1)).toMatchObject({ userId: trip.driver.id, deliveredSeq: 1, readSeq: 1 })
  }
})

test('what a device acknowledges has arrived, and its sender is told', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const [sender, receiver] = [await listen(asker), await listen(trip.driver)]
  await say(asker, id, 'Are you there?')
  await receiver.until(() => receiver.heard('chat:message').length === 1)
  receiver.say({ type: 'ack', seq: receiver.heard('chat:message')[0]?.seq })
  await sender.until(() => sender.heard('chat:receipt').length === 1)
  expect(sender.heard('chat:receipt')).toMatchObject([
    { conversationId: id, userId: trip.driver.id, deliveredSeq: 1, readSeq: 0 },
  ])
})

test('who was away hears what was said meanwhile, once and in order', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const before = await listen(trip.driver)
  await say(asker, id, 'one')
  await before.until(() => before.heard('chat:message').length === 1)
  const last = before.heard('chat:message')[0]?.seq ?? 0
  before.hangUp()
  for (const text of ['two', 'three']) await say(asker, id, text)
  const after = await listen(trip.driver, last)
  await after.until(() => after.heard('chat:message').length === 2)
  expect(after.heard('chat:message').map(({ message }) => message.body)).toEqual(['two', 'three'])
})

test('the group is told to who rides along, and to nobody else', async () => {
  const trip = await publishTrip({ seats: 3 })
  const [rider, leaver] = [await signIn(), await signIn()]
  await book(trip, rider)
  const booking = await book(trip, leaver)
  const id = await chatOf(trip, trip.driver)
  const [stays, leaves] = [await listen(rider), await listen(leaver)]
  await say(trip.driver, id, 'At the gate')
  for (const device of [stays, leaves]) await device.until(() => device.heard('chat:message').length === 1)
  await actOn(booking, leaver, 'cancel')
  await say(trip.driver, id, 'Just us')
  await stays.until(() => stays.heard('chat:message').length === 2)
  expect(leaves.heard('chat:message')).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { listMessages } from '../../db/queries/chat/list-messages.ts'
import { loadAnnouncement } from '../../db/queries/chat/load-announcement.ts'
import { loadConversation } from '../../db/queries/chat/load-conversations.ts'
import { loadOthersInConversation } from '../../db/queries/presence/others-in-conversation.ts'
import { loadWatchable } from '../../db/queries/presence/watchable.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { act, book } from '../storms/perform.ts'
import { numbersOf, opened, send } from './chat-world.ts'
import { openWorld } from './open-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const options = { bookingMode: 'instant', legs: 1, capacity: 4, departsAt: later(180) } as const

const db = await openWorld()

/** The group of a ride that two have booked and one of them has left since, without a word after that. */
async function leftGroup() {
  const ride = await newRide(db, options, start)
  const [leaver = '', stayer = ''] = await newPeople(db, 2, start)
  const bookings = []
  for (const passengerId of [leaver, stayer])
    bookings.push(
      await book(db, quoteFor(ride, passengerId, { legFrom: 0, legTo: 1, seats: 1 }, start), null, start),
    )
  const { rideId, driverId } = ride
  const conversationId = await opened(db, { rideId, openerId: driverId }, start)
  await send(db, { conversationId, senderId: driverId }, later(1))
  const bookingId = bookings[0]?.id ?? ''
  expect(await act(db, { bookingId, actorId: leaver, action: 'cancel' }, later(2))).toBeDefined()
  return { ...{ rideId, driverId, leaver, stayer, conversationId } }
}

test('who left the ride before it was cancelled does not come back into its group by that', async () => {
  const { rideId, driverId, leaver, stayer, conversationId } = await leftGroup()
  expect(await loadConversation(db, conversationId, leaver)).toBeUndefined()
  expect(await cancelRide(db, { rideId, driverId, now: later(3) })).toBeDefined()
  expect(await loadConversation(db, conversationId, leaver)).toBeUndefined()
  expect(await send(db, { conversationId, senderId: leaver }, later(4))).toBeUndefined()
  // Who was on it when it was cancelled goes on talking.
  const sent = await send(db, { conversationId, senderId: stayer }, later(5))
  expect(sent).toBeDefined()
  const page = { conversationId, limit: 10 }
  expect(await listMessages(db, { ...page, userId: leaver }, later(6))).toBeUndefined()
  expect(numbersOf((await listMessages(db, { ...page, userId: driverId }, later(6)))?.messages)).toEqual([2, 1])
  const { audience } = await loadAnnouncement(db, { messageIds: [], conversationIds: [conversationId] })
  expect(audience.map(({ userId }) => userId).toSorted()).toEqual([driverId, stayer].toSorted())
})

test('who left the ride hears of nobody in its group that they write, and does not see who is there', async () => {
  const { driverId, leaver, stayer, conversationId } = await leftGroup()
  expect(await loadOthersInConversation(db, conversationId, leaver)).toEqual([])
  expect(await loadOthersInConversation(db, conversationId, driverId)).toEqual([stayer])
  expect(await loadWatchable(db, leaver, [driverId, stayer], later(3))).toEqual([])
  expect(await loadWatchable(db, stayer, [driverId, leaver], later(3))).toEqual([driverId])
})

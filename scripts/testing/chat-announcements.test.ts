import { expect, test } from 'vitest'
import { deleteMessage } from '../../db/queries/chat/delete-message.ts'
import { markMessage } from '../../db/queries/chat/move-marks.ts'
import { takeDueEvents } from '../../db/queries/outbox/deliver.ts'
import type { UserEvent } from '../../packages/protocol/user-event.ts'
import { announceChat } from '../../workers/events/announce-chat.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { opened, send, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

const now = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(now.getTime() + 3600_000)

const db = await openWorld()

type Around = Parameters<typeof announceChat>[0]

/** Hubs that remember what they were told; `away` cannot be reached. */
function hubs(away: readonly string[] = []) {
  const heard: Record<string, UserEvent[]> = {}
  const unused = () => {
    throw new Error('not part of this')
  }
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const tellUser = async (userId: string, events: readonly UserEvent[]) => {
    if (away.includes(userId)) throw new Error('silence')
    ;(heard[userId] ??= []).push(...events)
    return true
  }
  const files = { keep: unused, invite: unused, complete: unused, verifyLink: unused, link: async () => [] }
  const around = { db, log: silent, files, live: onlyTelling(tellUser) }
  return { heard, around }
}

/** A port of which only one function is called: chat is told to people and nothing else. */
function onlyTelling(tellUser: Around['live']['tellUser']): Around['live'] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return { tellUser } as Around['live']
}

async function group() {
  const { rideId, driverId } = await newRide(
    db,
    { bookingMode: 'instant', legs: 1, capacity: 4, departsAt },
    now,
  )
  const [one = '', other = ''] = await newPeople(db, 2, now)
  await setBooking(db, { rideId, passengerId: one, state: 'confirmed' }, now)
  const conversationId = await opened(db, { rideId, openerId: driverId }, now)
  return { rideId, driverId, one, other, conversationId }
}

const typesOf = (events: readonly UserEvent[] = []) => events.map(({ type }) => type)

test('every member hears what they may see, in order, and marks only as they are in the end', async () => {
  const { rideId, driverId, one, other, conversationId } = await group()
  const first = await send(db, { conversationId, senderId: driverId, body: 'before' }, now)
  await setBooking(db, { rideId, passengerId: other, state: 'confirmed' }, now)
  const second = await send(db, { conversationId, senderId: one, body: 'after' }, now)
  for (const message of [first, second])
    for (const mark of ['delivered', 'read'] as const)
      await markMessage(db, { messageId: message?.id ?? '', userId: driverId, mark }, now)
  await deleteMessage(db, { messageId: first?.id ?? '', senderId: driverId }, now)
  const due = await takeDueEvents(db, now)
  const { heard, around } = hubs()
  expect(await announceChat(around, due, now.getTime())).toEqual(due.map(({ id }) => id))
  const all = ['chat:message', 'chat:message', 'chat:receipt', 'chat:deleted']
  expect([typesOf(heard[driverId]), typesOf(heard[one])]).toEqual([all, all])
  expect(typesOf(heard[other])).toEqual(['chat:message', 'chat:receipt'])
  expect(heard[one]?.[0]).toMatchObject({ message: { seq: 1, body: null, deletedAt: now.toISOString() } })
  expect(heard[other]?.[0]).toMatchObject({
    message: { seq: 2, body: 'after', senderId: one, attachment: null },
  })
  expect(heard[one]?.[2]).toMatchObject({ conversationId, userId: driverId, deliveredSeq: 2, readSeq: 2 })
})

test('what did not reach everybody comes again, the same by its id', async () => {
  const { driverId, one, conversationId } = await group()
  await send(db, { conversationId, senderId: driverId }, now)
  const due = await takeDueEvents(db, now)
  const broken = hubs([one])
  expect(await announceChat(broken.around, due, now.getTime())).toEqual([])
  const { heard, around } = hubs()
  expect(await announceChat(around, due, now.getTime())).toEqual(due.map(({ id }) => id))
  expect(heard[driverId]).toEqual(broken.heard[driverId])
  expect(heard[one]).toHaveLength(1)
})

test('what is told of is gone: there is nothing to do', async () => {
  const { conversationId, driverId, one } = await group()
  await send(db, { conversationId, senderId: driverId }, now)
  const due = await takeDueEvents(db, now)
  const lost = due.map((row) => ({ ...row, payload: { ...row.payload, messageId: crypto.randomUUID() } }))
  const { heard, around } = hubs()
  expect(await announceChat(around, lost, now.getTime())).toEqual(due.map(({ id }) => id))
  expect(heard[one]).toBeUndefined()
})

import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { exportAccount } from '../../db/queries/auth/export-account.ts'
import { deleteMessage } from '../../db/queries/chat/delete-message.ts'
import { handleFlag, loadFlagged } from '../../db/queries/chat/handle-flag.ts'
import { listFlagged } from '../../db/queries/chat/list-flagged.ts'
import { listMessages } from '../../db/queries/chat/list-messages.ts'
import { loadConversation } from '../../db/queries/chat/load-conversations.ts'
import { announceFile } from '../../db/queries/files/announce-file.ts'
import { completeFile } from '../../db/queries/files/complete-file.ts'
import { deleteFile } from '../../db/queries/files/delete-file.ts'
import { abandonFiles } from '../../db/queries/files/forget-files.ts'
import { loadVariant } from '../../db/queries/files/load-variant.ts'
import { recordVariants } from '../../db/queries/files/record-variants.ts'
import { forgetConversations } from '../../db/queries/sweeps/forget-conversations.ts'
import { KEPT_AFTER_RIDE_MS, OPEN_AFTER_RIDE_MS } from '../../packages/chat/limits.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { numbersOf, opened, send, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const HOUR_MS = 3600_000
const departsAt = later(HOUR_MS)

const db = await openWorld()

/** A ride, its driver, and a passenger who asks. */
async function pair() {
  const { rideId, driverId } = await newRide(
    db,
    { bookingMode: 'instant', legs: 1, capacity: 4, departsAt },
    start,
  )
  const [passengerId = '', otherId = ''] = await newPeople(db, 2, start)
  const conversationId = await opened(db, { rideId, openerId: passengerId, receiverId: driverId }, start)
  return { rideId, driverId, passengerId, otherId, conversationId }
}

async function upload(ownerId: string, purpose: 'chat_attachment' | 'avatar' = 'chat_attachment') {
  const file = { id: uuidv7(start.getTime()), ownerId, purpose }
  await announceFile(db, file, start)
  const variant = { name: 'document', mediaType: 'application/pdf', bytes: 10, sha256: 'x' }
  await recordVariants(db, file, [variant])
  await completeFile(db, file, start)
  return file
}

const read = async (conversationId: string, userId: string) =>
  (await listMessages(db, { conversationId, userId, limit: 50 }, start))?.messages

test('what is sent twice is stored once, and told once', async () => {
  const { conversationId, passengerId: senderId, driverId } = await pair()
  const clientId = uuidv7()
  const first = await send(db, { conversationId, senderId, clientId, body: 'one' }, start)
  const again = await send(db, { conversationId, senderId, clientId, body: 'two' }, later(1000))
  expect(again).toEqual(first)
  // It is the sender's own id: another may have the same.
  expect(await send(db, { conversationId, senderId: driverId, clientId }, start)).toMatchObject({ seq: 2 })
  const { rows } = await db.execute(
    sql`select payload from outbox where subject = ${conversationId} order by seq`,
  )
  expect(rows).toMatchObject([{ payload: { messageId: first?.id, seq: 1 } }, { payload: { seq: 2 } }])
  expect(JSON.stringify(rows)).not.toContain('one')
})

test('a sender who does not take part, or is gone, writes nothing', async () => {
  const { conversationId, otherId, passengerId, rideId } = await pair()
  expect(await send(db, { conversationId, senderId: otherId }, start)).toBeUndefined()
  expect(await send(db, { conversationId: uuidv7(), senderId: passengerId }, start)).toBeUndefined()
  const group = await opened(db, { rideId, openerId: (await driverOf(rideId)) ?? '' }, start)
  expect(await send(db, { conversationId: group, senderId: passengerId }, start)).toBeUndefined()
  await db.execute(sql`update users set banned_at = ${start} where id = ${passengerId}`)
  expect(await send(db, { conversationId, senderId: passengerId }, start)).toBeUndefined()
  expect(await loadConversation(db, conversationId, otherId)).toBeUndefined()
  expect(await read(conversationId, otherId)).toBeUndefined()
})

const driverOf = async (rideId: string) =>
  (await db.execute<{ id: string }>(sql`select driver_id as id from rides where id = ${rideId}`)).rows[0]?.id

test('a group has who rides along, each from then on; who leaves sees it no more, and who comes back nothing of between', async () => {
  const { rideId, driverId, passengerId, otherId } = await pair()
  const ride = (id: string, state: 'confirmed' | 'cancelled') =>
    setBooking(db, { rideId, passengerId: id, state }, start)
  await ride(passengerId, 'confirmed')
  const conversationId = await opened(db, { rideId, openerId: passengerId }, start)
  expect(await opened(db, { rideId, openerId: driverId }, start)).toBe(conversationId)
  const say = (senderId: string) => send(db, { conversationId, senderId }, start)
  const seenBy = async (id: string) => numbersOf(await read(conversationId, id))
  await say(driverId)
  expect(await seenBy(otherId)).toBeUndefined()
  await ride(otherId, 'confirmed')
  expect(await seenBy(otherId)).toEqual([])
  await say(otherId)
  expect([await seenBy(driverId), await seenBy(passengerId), await seenBy(otherId)]).toEqual([
    [2, 1],
    [2, 1],
    [2],
  ])
  await ride(passengerId, 'cancelled')
  expect(await seenBy(passengerId)).toBeUndefined()
  expect(await say(passengerId)).toBeUndefined()
  await say(driverId)
  await ride(passengerId, 'confirmed')
  expect(await seenBy(passengerId)).toEqual([])
  await say(driverId)
  expect(await seenBy(passengerId)).toEqual([4])
  const members = (await loadConversation(db, conversationId, otherId))?.members
  expect(members?.map(({ id }) => id).toSorted()).toEqual([driverId, passengerId, otherId].toSorted())
})

test('who was on a ride that is cancelled can still talk about it', async () => {
  const { rideId, driverId, passengerId, otherId } = await pair()
  await setBooking(db, { rideId, passengerId, state: 'confirmed' }, start)
  const conversationId = await opened(db, { rideId, openerId: driverId }, start)
  await setBooking(db, { rideId, passengerId, state: 'cancelled' }, start)
  await db.execute(sql`update rides set status = 'cancelled', ended_at = ${start} where id = ${rideId}`)
  expect(await send(db, { conversationId, senderId: passengerId }, start)).toMatchObject({ seq: 1 })
  expect(numbersOf(await read(conversationId, driverId))).toEqual([1])
  expect(await read(conversationId, otherId)).toBeUndefined()
  expect(await send(db, { conversationId, senderId: driverId }, later(OPEN_AFTER_RIDE_MS))).toBeUndefined()
  expect(numbersOf(await read(conversationId, passengerId))).toEqual([1])
})

test('what looks like contact or payment is flagged until the booking is confirmed, and listed for the staff', async () => {
  const { rideId, driverId, passengerId: senderId, conversationId } = await pair()
  const say = (flag: 'contact' | 'payment', ms = 0) => send(db, { conversationId, senderId, flag }, later(ms))
  const asked = await say('contact')
  await setBooking(db, { rideId, passengerId: senderId, state: 'pending' }, start)
  const pending = await say('payment', 1000)
  await setBooking(db, { rideId, passengerId: senderId, state: 'confirmed' }, start)
  expect([asked?.flag, pending?.flag, (await say('contact'))?.flag]).toEqual(['contact', 'payment', null])
  const list = (more: object = {}) =>
    listFlagged(db, { limit: 50, actorId: driverId, senderId, handled: false, ...more }, start)
  expect((await list()).map(({ id }) => id)).toEqual([pending?.id, asked?.id])
  expect((await list({ flag: 'contact' })).map(({ id }) => id)).toEqual([asked?.id])
  expect((await list({ before: pending?.id })).map(({ id }) => id)).toEqual([asked?.id])
  await deleteMessage(db, { messageId: asked?.id ?? '', senderId }, start)
  expect((await list()).map(({ id }) => id)).toEqual([pending?.id])
  const { rows } = await db.execute(
    sql`select action from audit_events where actor_id = ${driverId} and subject = ${senderId}`,
  )
  expect(rows).toHaveLength(4)
})

test('two people of the staff who deal with a flag at once: the first stays, and one of them is on record', async () => {
  const { driverId, passengerId: senderId, conversationId } = await pair()
  const message = await send(db, { conversationId, senderId, flag: 'contact' }, start)
  const plain = await send(db, { conversationId, senderId }, start)
  const staff = await newPeople(db, 3, start)
  const handle = (actorId: string, messageId = message?.id ?? '') =>
    handleFlag(db, { messageId, actorId, note: 'Warned' }, later(1000))
  const all = await Promise.all(staff.map((actorId) => handle(actorId)))
  const [first] = new Set(all.map((row) => row?.handledBy))
  expect(staff).toContain(first)
  expect(all.map((row) => row?.handledBy)).toEqual(staff.map(() => first))
  const { rows } = await db.execute(
    sql`select actor_id, details from audit_events where action = 'message.handle' and subject = ${message?.id}`,
  )
  expect(rows).toEqual([{ actor_id: first, details: { flag: 'contact', note: 'Warned' } }])
  const list = (handled: boolean) => listFlagged(db, { limit: 50, actorId: driverId, senderId, handled }, start)
  expect(await list(false)).toEqual([])
  expect(await list(true)).toMatchObject([{ id: message?.id, handledAt: later(1000) }])
  // Nobody deals with their own, or with what has no flag, or is gone.
  expect(await handle(senderId)).toBeUndefined()
  expect(await handle(driverId, plain?.id)).toBeUndefined()
  await deleteMessage(db, { messageId: message?.id ?? '', senderId }, start)
  expect(await handle(driverId)).toBeUndefined()
  expect(await loadFlagged(db, message?.id ?? '')).toBeUndefined()
})

test('a file goes into one message of its owner, stays as long as that, and goes with it', async () => {
  const { conversationId, passengerId: senderId, driverId } = await pair()
  const file = await upload(senderId)
  const loose = await upload(senderId)
  const avatar = await upload(senderId, 'avatar')
  const say = (fileId: string, from = senderId) => send(db, { conversationId, senderId: from, fileId }, start)
  expect(await say(file.id, driverId)).toBeUndefined()
  expect(await say(avatar.id)).toBeUndefined()
  expect(await say(uuidv7())).toBeUndefined()
  const message = await say(file.id)
  expect(message).toMatchObject({ file: { id: file.id, variants: [{ name: 'document' }] } })
  await expect(say(file.id)).rejects.toMatchObject({ constraint: 'messages_file_key' })
  expect(await deleteFile(db, file, start)).toEqual({ deleted: false })
  await abandonFiles(db, later(25 * HOUR_MS))
  expect(await loadVariant(db, file.id, 'document')).toBeDefined()
  expect(await loadVariant(db, loose.id, 'document')).toBeUndefined()
  await deleteMessage(db, { messageId: message?.id ?? '', senderId }, start)
  expect(await loadVariant(db, file.id, 'document')).toBeUndefined()
  expect(await read(conversationId, driverId)).toMatchObject([{ seq: 1, body: null, file: null }])
})

test('a deleted account leaves its place in conversations and not a word; its export had them all', async () => {
  const { conversationId, passengerId: senderId, driverId } = await pair()
  const file = await upload(senderId)
  await send(db, { conversationId, senderId, body: 'gate behind the temple', fileId: file.id }, start)
  await send(db, { conversationId, senderId: driverId, body: 'I see you' }, start)
  const exported = await exportAccount(db, senderId)
  expect(exported).toMatchObject({
    conversations: [{ id: conversationId, kind: 'direct', readSeq: 0, leftAt: null }],
    messages: [{ conversationId, seq: 1, text: 'gate behind the temple', fileId: file.id }],
  })
  expect(JSON.stringify(exported)).not.toContain('I see you')
  expect(await deleteAccount(db, senderId, start)).toMatchObject({ inUse: false })
  expect(await read(conversationId, driverId)).toMatchObject([
    { seq: 2, body: 'I see you' },
    { seq: 1, body: null, file: null, deletedAt: start },
  ])
  expect((await loadConversation(db, conversationId, driverId))?.members).toContainEqual({
    ...{ id: senderId, name: null, deliveredSeq: 0, readSeq: 0 },
  })
  const { rows } = await db.execute(sql`select state from files where id = ${file.id}`)
  expect(rows).toEqual([{ state: 'deleted' }])
  expect(await send(db, { conversationId, senderId: driverId }, start)).toBeUndefined()
  expect(await send(db, { conversationId, senderId }, start)).toBeUndefined()
})

test('a conversation goes a year after its ride, unless a message of it was reported; what was attached follows', async () => {
  const [old, reported] = [await pair(), await pair()]
  const file = await upload(old.passengerId)
  await send(db, { ...old, senderId: old.passengerId, fileId: file.id }, start)
  const message = await send(db, { ...reported, senderId: reported.passengerId }, start)
  await db.execute(sql`insert into reports (id, reporter_id, subject_kind, subject_id, reason, state, created_at)
    values (${uuidv7()}, ${reported.driverId}, 'message', ${message?.id}, 'fraud', 'open', ${start})`)
  const arrived = departsAt.getTime() - start.getTime() + 1_800_000
  const there = async ({ conversationId, driverId }: typeof old) =>
    (await loadConversation(db, conversationId, driverId)) !== undefined
  await forgetConversations(db, later(arrived + KEPT_AFTER_RIDE_MS))
  expect(await there(old)).toBe(true)
  expect(await forgetConversations(db, later(arrived + KEPT_AFTER_RIDE_MS + 1))).toBeGreaterThan(0)
  expect([await there(old), await there(reported)]).toEqual([false, true])
  await abandonFiles(db, later(arrived + KEPT_AFTER_RIDE_MS))
  expect(await loadVariant(db, file.id, 'document')).toBeUndefined()
})

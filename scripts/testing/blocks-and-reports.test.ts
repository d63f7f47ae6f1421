import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { exportAccount } from '../../db/queries/auth/export-account.ts'
import { blockPerson, listBlocks } from '../../db/queries/blocks/blocks.ts'
import { fileReport, inspectSubject, type NewReport } from '../../db/queries/reports/file-report.ts'
import { handleReport } from '../../db/queries/reports/handle-report.ts'
import { inspectReport, listReportsBy } from '../../db/queries/reports/load-reports.ts'
import { loadReviewable } from '../../db/queries/reviews/load-reviewable.ts'
import { listReviewsAbout } from '../../db/queries/reviews/load-reviews.ts'
import { writeReview } from '../../db/queries/reviews/write-review.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newPeople } from '../storms/new-ride.ts'
import { completedBooking, type Travelled } from './completed-booking.ts'
import { openWorld } from './open-world.ts'

const start = Date.parse('2026-12-01T06:00:00Z')
const DAY_MS = 24 * 3600_000
const at = (ms: number) => new Date(start + ms)

const db = await openWorld()
const [operator = ''] = await newPeople(db, 1, at(0))

/** A message with a file that the driver wrote to the passenger, third in their conversation. */
async function writeMessage({ ride, driverId, passengerId }: Travelled) {
  const [conversation, id, file] = [uuidv7(), uuidv7(), uuidv7()]
  const [low, high] = [driverId, passengerId].toSorted()
  await db.execute(sql`insert into conversations (id, kind, ride_id, pair_low, pair_high, last_seq, created_at, active_at)
    values (${conversation}, 'direct', ${ride.rideId}, ${low}, ${high}, 3, ${at(0)}, ${at(0)})`)
  await db.execute(sql`insert into conversation_members (conversation_id, user_id, joined_at)
    values (${conversation}, ${driverId}, ${at(0)}), (${conversation}, ${passengerId}, ${at(0)})`)
  await db.execute(sql`insert into files (id, owner_id, purpose, state, created_at)
    values (${file}, ${driverId}, 'chat_attachment', 'ready', ${at(0)})`)
  await db.execute(sql`insert into messages (conversation_id, seq, id, sender_id, client_id, body, file_id, created_at)
    values (${conversation}, 3, ${id}, ${driverId}, ${uuidv7()}, 'Insult', ${file}, ${at(0)})`)
  return { conversation, id, file }
}

const report = (reporterId: string, subjectKind: NewReport['subjectKind'], subjectId: string) =>
  fileReport(
    db,
    { id: uuidv7(), reporterId, subjectKind, subjectId, reason: 'harassment', details: 'See there' },
    at(0),
  )

const judge = (reportId: string, state: 'upheld' | 'dismissed', now = at(1)) =>
  handleReport(db, { reportId, actorId: operator, state, outcome: 'Looked at', now })

const rows = async (statement: ReturnType<typeof sql>) => (await db.execute(statement)).rows

test('a message is reported by who could read it, and emptied with its file where the report is right', async () => {
  const journey = await completedBooking(db, at(0))
  const message = await writeMessage(journey)
  const [stranger = ''] = await newPeople(db, 1, at(0))
  expect(await report(stranger, 'message', message.id)).toBeUndefined()
  expect(await report(journey.driverId, 'message', message.id)).toBeUndefined()
  // Of what was written before they came they know nothing.
  await db.execute(sql`insert into conversation_members (conversation_id, user_id, joined_at, joined_seq, delivered_seq, read_seq)
    values (${message.conversation}, ${stranger}, ${at(0)}, 3, 3, 3)`)
  expect(await report(stranger, 'message', message.id)).toBeUndefined()

  const body = () => rows(sql`select body, file_id, deleted_at from messages where id = ${message.id}`)
  const first = await report(journey.passengerId, 'message', message.id)
  expect(await inspectReport(db, first?.id ?? '', operator, at(1))).toMatchObject({
    ...{ content: 'Insult', ownerId: journey.driverId, reportsOfSubject: 1 },
  })
  expect(await judge(first?.id ?? '', 'dismissed')).toMatchObject({ state: 'dismissed', handledBy: operator })
  expect(await body()).toMatchObject([{ body: 'Insult', file_id: message.file, deleted_at: null }])

  const second = await report(journey.passengerId, 'message', message.id)
  expect(await judge(second?.id ?? '', 'upheld')).toMatchObject({ state: 'upheld', outcome: 'Looked at' })
  expect(await judge(second?.id ?? '', 'upheld')).toBeUndefined()
  expect(await body()).toMatchObject([{ body: null, file_id: null, deleted_at: expect.anything() }])
  expect(await rows(sql`select state from files where id = ${message.file}`)).toEqual([{ state: 'deleted' }])
  expect(await rows(sql`select topic, payload from outbox where subject = ${message.conversation}`)).toEqual([
    { topic: 'chat.deleted', payload: { messageId: message.id, seq: 3 } },
  ])
  expect(await report(journey.passengerId, 'message', message.id)).toBeUndefined()
})

test('a person has fifty reports waiting at most, and one more once one was handled', async () => {
  const [reporter = '', ...others] = await newPeople(db, 52, at(0))
  const filed = []
  for (const other of others) filed.push(await report(reporter, 'user', other))
  expect(filed.filter((each) => each !== undefined)).toHaveLength(50)
  const last = others.at(-1) ?? ''
  expect(
    await inspectSubject(db, { reporterId: reporter, subjectKind: 'user', subjectId: last }, at(0)),
  ).toEqual({
    ...{ ownerId: last, seen: true },
  })
  await judge(filed[0]?.id ?? '', 'dismissed')
  expect(await report(reporter, 'user', last)).toBeDefined()
})

test('a handled report is kept for a year, an open one until it is handled', async () => {
  const [reporter = '', a = '', b = ''] = await newPeople(db, 3, at(0))
  const [handled, open] = [await report(reporter, 'user', a), await report(reporter, 'user', b)]
  await judge(handled?.id ?? '', 'dismissed', at(0))
  const kept = async () => (await listReportsBy(db, { reporterId: reporter, limit: 9 })).map(({ id }) => id)
  await forgetOldRows(db, at(365 * DAY_MS))
  expect(await kept()).toHaveLength(2)
  await forgetOldRows(db, at(365 * DAY_MS + 1))
  expect(await kept()).toEqual([open?.id])
})

test('with an account go its blocks and its rating; its reviews stay without a name, its reports as they are', async () => {
  const journey = await completedBooking(db, at(0))
  const { driverId, passengerId, bookingId } = journey
  await db.execute(sql`update users set name = 'Zubeida Khan' where id = ${passengerId}`)
  for (const authorId of [passengerId, driverId]) {
    const booking = await loadReviewable(db, bookingId, authorId)
    if (!booking) throw new Error('nothing to review')
    const review = { id: uuidv7(start), authorId, booking, stars: 4, tags: [], body: 'Words' }
    await writeReview(db, review, at(0))
  }
  await blockPerson(db, { blockerId: passengerId, blockedId: driverId }, at(0))
  await blockPerson(db, { blockerId: driverId, blockedId: passengerId }, at(0))
  const filed = await report(passengerId, 'user', driverId)
  expect(await exportAccount(db, passengerId)).toMatchObject({
    reviewsWritten: [{ bookingId, stars: 4, text: 'Words', removedAt: null }],
    reviewsReceived: [{ bookingId, stars: 4, text: 'Words', reply: null }],
    ratings: [{ as: 'passenger', stars: 4, reviews: 1 }],
    blocks: [{ userId: driverId }],
    reports: [{ id: filed?.id, subjectKind: 'user', subjectId: driverId, details: 'See there', state: 'open' }],
  })
  expect(await deleteAccount(db, passengerId, at(1))).toMatchObject({ inUse: false })
  expect(await listBlocks(db, { blockerId: driverId, limit: 9 })).toEqual([])
  expect(await rows(sql`select 1 from blocks where blocker_id = ${passengerId}`)).toEqual([])
  expect(await rows(sql`select 1 from rating_totals where user_id = ${passengerId}`)).toEqual([])
  expect(await rows(sql`select stars from rating_totals where user_id = ${driverId}`)).toEqual([{ stars: 4 }])
  const [review] = await listReviewsAbout(db, { subjectId: driverId, was: 'driver', limit: 9 }, at(2))
  expect(review).toMatchObject({ body: 'Words', authorName: null })
  expect(await judge(filed?.id ?? '', 'upheld', at(2))).toMatchObject({
    state: 'upheld',
    reporterId: passengerId,
  })
  // Nobody blocks who is gone.
  expect(await blockPerson(db, { blockerId: driverId, blockedId: passengerId }, at(3))).toBeUndefined()
})

test('who only ever reported somebody keeps a row without anything of theirs', async () => {
  const [reporter = '', bad = ''] = await newPeople(db, 2, at(0))
  await report(reporter, 'user', bad)
  expect(await deleteAccount(db, reporter, at(1))).toMatchObject({ inUse: false })
  expect(
    await rows(sql`select phone, deleted_at is not null as gone from users where id = ${reporter}`),
  ).toEqual([{ phone: null, gone: true }])
})

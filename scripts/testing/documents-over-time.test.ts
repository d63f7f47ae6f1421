import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { loadStanding } from '../../db/queries/documents/driver-standing.ts'
import { approveDocument, rejectDocument } from '../../db/queries/documents/review-document.ts'
import { submitDocument } from '../../db/queries/documents/submit-document.ts'
import { saveDriver } from '../../db/queries/drivers/driver-profile.ts'
import { announceFile } from '../../db/queries/files/announce-file.ts'
import { completeFile } from '../../db/queries/files/complete-file.ts'
import { indianDay } from '../../packages/calendar/indian-time.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import type { SmsText } from '../../packages/sms/sms-port.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { sweepDocuments } from '../../workers/events/sweep-documents.ts'
import { newPerson, openWorld } from './open-world.ts'
import { outboxSurroundings } from './surroundings.ts'

const DAY_MS = 24 * 3600_000
/** Ten in the morning of 1 December in India, and that of so many days later. */
const start = new Date('2026-12-01T04:30:00Z')
const day = (number: number) => new Date(start.getTime() + number * DAY_MS)

const db = await openWorld()
const reviewerId = await newPerson(db, start)

async function newDriver(): Promise<string> {
  const driverId = await newPerson(db, start)
  await saveDriver(db, { userId: driverId, name: 'Asha', bio: null, now: start })
  return driverId
}

/** A licence that waits. @param lastDay days from the start */
async function submit(driverId: string, lastDay: number, now = start) {
  const file = { id: uuidv7(), ownerId: driverId, purpose: 'driver_document' } as const
  await announceFile(db, file, now)
  await completeFile(db, file, now)
  const about = { driverId, vehicle: null, kind: 'driving_licence', number: null } as const
  const expiresOn = indianDay(day(lastDay).getTime())
  const document = await submitDocument(db, { id: uuidv7(now.getTime()), ...about, expiresOn, file }, now)
  if (!document) throw new Error('not submitted')
  return { id: document.id, driverId, fileId: file.id }
}

const approve = ({ id }: { id: string }, now = start) =>
  approveDocument(db, { documentId: id, reviewerId, now }, null, indianDay(now.getTime()))
const reject = ({ id }: { id: string }, now = start) =>
  rejectDocument(db, { documentId: id, reviewerId, now }, 'Not readable')

async function newLicence(lastDay: number) {
  const document = await submit(await newDriver(), lastDay)
  await approve(document)
  return document
}

async function ask<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await db.execute(statement)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the tests below know what they ask for
  return rows as Row[]
}
const stateOf = async ({ id }: { id: string }) =>
  (await ask<{ state: string }>(sql`select state from documents where id = ${id}`))[0]?.state
const remindersOf = async ({ id }: { id: string }) =>
  (
    await ask<{ days: number }>(
      sql`select days_before as days from document_reminders where document_id = ${id} order by sent_at`,
    )
  ).map(({ days }) => days)
const fileState = async (fileId: string) =>
  (await ask<{ state: string }>(sql`select state from files where id = ${fileId}`))[0]?.state

/** Sweeps at each of these days, in order. */
async function sweepOn(...days: number[]) {
  for (const number of days) await sweepDocuments({ db }, day(number))
}

/** Drains once; returns the texts that went out, and how many events were delivered. */
async function drain(now: Date, sendText: (phone: string, text: SmsText) => Promise<void>) {
  const announced: string[] = []
  const announce = async (rideId: string) => void announced.push(rideId)
  const outlets = outboxSurroundings(db, { sendText, live: { announce } })
  return { delivered: await drainOutbox(outlets, () => now.getTime()), announced, soon: outlets.soon }
}

test('a licence counts through its last day in India, to the millisecond, and is swept after it', async () => {
  const licence = await newLicence(2)
  const midnight = Date.parse('2026-12-03T18:30:00Z')
  const standing = (now: number) => loadStanding(db, licence.driverId, null, now)
  expect(await standing(midnight - 1)).toEqual({ enabled: true, missing: [], papers: [licence.id] })
  expect(await standing(midnight)).toEqual({
    enabled: false,
    missing: [{ kind: 'driving_licence', state: 'expired' }],
    papers: [],
  })
  await sweepDocuments({ db }, new Date(midnight - 1))
  expect(await stateOf(licence)).toBe('valid')
  await sweepDocuments({ db }, new Date(midnight))
  expect(await stateOf(licence)).toBe('expired')
  expect(await standing(midnight)).toMatchObject({ missing: [{ state: 'expired' }] })
})

test('three reminders, each once: 30, 15 and 1 days before', async () => {
  const licence = await newLicence(40)
  await sweepOn(0, 9)
  expect(await remindersOf(licence)).toEqual([])
  await sweepOn(10, 10, 11, 24)
  expect(await remindersOf(licence)).toEqual([30])
  await sweepOn(25, 25, 26, 38)
  expect(await remindersOf(licence)).toEqual([30, 15])
  await sweepOn(39, 39, 40, 41)
  expect(await remindersOf(licence)).toEqual([30, 15, 1])
  expect(await stateOf(licence)).toBe('expired')
})

test('of several that are due at once only the nearest is sent', async () => {
  const [late, last] = [await newLicence(10), await newLicence(0)]
  await sweepOn(0, 0, 1)
  expect(await remindersOf(late)).toEqual([15])
  expect(await remindersOf(last)).toEqual([1])
  await sweepOn(9)
  expect(await remindersOf(late)).toEqual([15, 1])
})

test('nobody is woken at night, nor while a renewal waits', async () => {
  const [licence, renewed] = [await newLicence(30), await newLicence(30)]
  const renewal = await submit(renewed.driverId, 900)
  await sweepDocuments({ db }, new Date('2026-12-01T18:00:00Z'))
  expect(await remindersOf(licence)).toEqual([])
  await sweepDocuments({ db }, new Date('2026-12-02T03:30:00Z'))
  expect(await remindersOf(licence)).toEqual([30])
  expect(await remindersOf(renewed)).toEqual([])
  await reject(renewal)
  await sweepOn(2)
  expect(await remindersOf(renewed)).toEqual([30])
})

test('the file of a document that ended is kept for a month, that of a valid one for good', async () => {
  const driverId = await newDriver()
  const rejected = await submit(driverId, 900)
  await reject(rejected)
  const replaced = await submit(driverId, 900)
  await approve(replaced)
  const valid = await submit(driverId, 900, day(1))
  await approve(valid, day(1))
  await sweepOn(29)
  expect(await fileState(rejected.fileId)).toBe('ready')
  await sweepDocuments({ db }, new Date(day(30).getTime() + 1))
  expect(await fileState(rejected.fileId)).toBe('deleted')
  expect(await fileState(replaced.fileId)).toBe('ready')
  await sweepOn(32)
  expect(await fileState(replaced.fileId)).toBe('deleted')
  expect(await fileState(valid.fileId)).toBe('ready')
  expect(await stateOf(rejected)).toBe('rejected')
})

test('what is due is told by SMS, again when that failed, and is not told when it is true no more', async () => {
  await drain(day(50), async () => undefined)
  const [rejected, withdrawn] = [await submit(await newDriver(), 900), await submit(await newDriver(), 900)]
  const banned = await submit(await newDriver(), 900)
  for (const document of [rejected, withdrawn, banned]) await reject(document, day(60))
  await db.execute(sql`delete from documents where id = ${withdrawn.id}`)
  await db.execute(sql`update users set banned_at = now() where id = ${banned.driverId}`)
  await db.execute(
    sql`insert into outbox (topic, subject, payload, created_at, available_at)
      values ('session.revoked', ${uuidv7()}, '{"sessionId": "0190f0a0-0000-7000-8000-000000000000"}', ${day(60)}, ${day(60)})`,
  )
  const down = await drain(day(60), async () => {
    throw new Error('the operator is away')
  })
  // The room has heard, and those who need not be told are done with.
  expect(down).toMatchObject({ delivered: 3, announced: [expect.any(String)], soon: [expect.any(Number)] })

  const texts: SmsText[] = []
  const up = await drain(day(61), async (_, text) => void texts.push(text))
  expect(up).toMatchObject({ delivered: 1, announced: [], soon: [] })
  const values = { document: 'driving licence', reason: 'Not readable' }
  expect(texts).toEqual([{ template: 'document_rejected', values, language: 'en' }])
  expect(await drain(day(62), async (_, text) => void texts.push(text))).toMatchObject({ delivered: 0 })
})

test('who wants no SMS is not reminded, and is told of a rejection', async () => {
  const [quiet, keen] = [await newLicence(100), await newLicence(100)]
  await db.execute(
    sql`update users set notification_choices = notification_choices || '{"sms": false}', language = 'kn'
      where id = ${quiet.driverId}`,
  )
  await sweepOn(70)
  const texts: SmsText[] = []
  const send = async (_: string, text: SmsText) => void texts.push(text)
  await drain(day(72), send)
  expect(await remindersOf(quiet)).toEqual([30])
  expect(texts).toEqual([
    { template: 'document_expiring', values: { document: 'driving licence', days: '28' }, language: 'en' },
  ])
  expect(await remindersOf(keen)).toEqual([30])
  await reject(await submit(quiet.driverId, 900), day(72))
  await drain(day(72), send)
  expect(texts[1]).toMatchObject({ template: 'document_rejected', language: 'kn' })
})

test('a message that nobody takes for a day is given up', async () => {
  await reject(await submit(await newDriver(), 900), day(80))
  const down = async () => {
    throw new Error('the operator is away')
  }
  let tries = 0
  for (let hour = 0; hour < 60; hour++) {
    const at = new Date(day(80).getTime() + hour * 3600_000 + hour)
    const { delivered, soon } = await drain(at, down)
    tries += delivered + soon.length
  }
  expect(tries).toBe(30)
})

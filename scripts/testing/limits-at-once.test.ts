import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { openConversation } from '../../db/queries/chat/open-conversation.ts'
import { fileReport } from '../../db/queries/reports/file-report.ts'
import { MAX_ENQUIRIES_A_DAY } from '../../packages/chat/limits.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { openWorld } from './open-world.ts'

/** With TEST_DATABASE_URL what is asked at once is done at once. */
const start = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(start.getTime() + 3 * 3600_000)
const AT_ONCE = 8
const MAX_OPEN_REPORTS = 50

const db = await openWorld()
const those = <Item>(items: readonly (Item | undefined)[]) => items.filter((item) => item !== undefined)

test('many drivers who are asked at once are not more than may be asked', async () => {
  const [asker = ''] = await newPeople(db, 1, start)
  const options = { bookingMode: 'instant', legs: 1, capacity: 4, departsAt } as const
  const rides = await Promise.all(
    Array.from({ length: MAX_ENQUIRIES_A_DAY - 1 + AT_ONCE }, () => newRide(db, options, start)),
  )
  const ask = ({ rideId, driverId }: (typeof rides)[number]) =>
    openConversation(db, { id: uuidv7(), rideId, openerId: asker, receiverId: driverId }, start)
  for (const ride of rides.slice(0, -AT_ONCE)) await ask(ride)
  expect(those(await Promise.all(rides.slice(-AT_ONCE).map(ask)))).toHaveLength(1)
})

test('many reports at once are not more than may wait', async () => {
  const [reporterId = '', ...people] = await newPeople(db, MAX_OPEN_REPORTS + AT_ONCE, start)
  const report = (subjectId: string) =>
    fileReport(
      db,
      { id: uuidv7(), reporterId, subjectKind: 'user', subjectId, reason: 'fraud', details: null },
      start,
    )
  for (const subjectId of people.slice(0, -AT_ONCE)) await report(subjectId)
  expect(those(await Promise.all(people.slice(-AT_ONCE).map(report)))).toHaveLength(1)
  const { rows } = await db.execute(sql`select 1 from reports where reporter_id = ${reporterId}`)
  expect(rows).toHaveLength(MAX_OPEN_REPORTS)
})

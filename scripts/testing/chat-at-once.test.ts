import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listMessages } from '../../db/queries/chat/list-messages.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { numbersOf, opened, send, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

/** With TEST_DATABASE_URL what is asked at once is done at once, and is held up for so long. */
const HELD_UP_SECONDS = process.env['TEST_DATABASE_URL'] ? 1 : 0
const now = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(now.getTime() + 3 * 3600_000)

const db = await openWorld()

/** Waits until a connection to this database is as the condition says, or the work is done. */
async function untilActivity(condition: string, work: Promise<unknown>): Promise<void> {
  const end = work.then(() => true)
  const here = sql`datname = current_database() and pid <> pg_backend_pid() and state = 'active'`
  const seen = async () => {
    const { rows } = await db.execute(
      sql`select 1 from pg_stat_activity where ${here} and ${sql.raw(condition)}`,
    )
    return rows.length > 0
  }
  let is = false
  while (!is) is = await Promise.race([end, seen()])
}

test('who opens a group while another writes there lets nobody in behind what is being written', async () => {
  const options = { bookingMode: 'instant', legs: 1, capacity: 4, departsAt } as const
  const { rideId, driverId } = await newRide(db, options, now)
  const [riderId = '', waverer = ''] = await newPeople(db, 2, now)
  const book = (passengerId: string, state: 'confirmed' | 'cancelled') =>
    setBooking(db, { rideId, passengerId, state }, now)
  await book(riderId, 'confirmed')
  const conversationId = await opened(db, { rideId, openerId: driverId }, now)
  await send(db, { conversationId, senderId: driverId }, now)
  await book(waverer, 'confirmed')
  // Who opens the group puts the waverer in, and has to wait for this one in the middle of it.
  const obstacle = db.batch([
    db.execute(sql`insert into conversation_members (conversation_id, user_id, joined_at)
      values (${conversationId}, ${waverer}, ${now})`),
    db.execute(sql`select pg_sleep(${HELD_UP_SECONDS})`),
    db.execute(sql`delete from conversation_members where conversation_id = ${conversationId}
      and user_id = ${waverer}`),
  ])
  await untilActivity(`query like '%pg_sleep%'`, obstacle)
  const opening = opened(db, { rideId, openerId: driverId }, now)
  await untilActivity(`wait_event_type = 'Lock'`, opening)
  await book(waverer, 'cancelled')
  const sent = await send(db, { conversationId, senderId: riderId }, now)
  await Promise.all([obstacle, opening])
  expect(sent?.seq).toBe(2)
  // Back on the ride, they see what is said from now on.
  await book(waverer, 'confirmed')
  const page = await listMessages(db, { conversationId, userId: waverer, limit: 10 }, now)
  expect(numbersOf(page?.messages)).toEqual([])
})

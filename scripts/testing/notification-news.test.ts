import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Db, readRows } from '../../db/client.ts'
import { saveProfile } from '../../db/queries/auth/profile.ts'
import { claimSeats } from '../../db/queries/bookings/claim-seats.ts'
import { requestNotifications } from '../../db/queries/notifications/request-notifications.ts'
import { acknowledgeSos, resolveSos } from '../../db/queries/sos/change-sos.ts'
import { raiseSos } from '../../db/queries/sos/raise-sos.ts'
import { settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { choosePaying } from '../../packages/booking/paying.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { kindNames } from '../../packages/notifications/kinds.ts'
import { after, listOf, newPlaces, start } from './notification-world.ts'
import { newPerson, newRide, openWorld, quoteOf } from './open-world.ts'

const HOUR = 3600
const db = await openWorld()

/** Kind and reader of what is in the lists of these people, in the order in which it came. */
async function newsOf(people: Record<string, string>): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select kind, user_id as "userId" from notifications where deleted_at is null order by created_at, id`,
    z.object({ kind: z.enum(kindNames), userId: z.string() }),
  )
  const names = new Map(Object.entries(people).map(([name, id]) => [id, name]))
  return rows.flatMap(({ kind, userId }) => (names.has(userId) ? [`${kind} to ${names.get(userId)}`] : []))
}

async function write(of: Db, topic: string, subject: string, payload: object): Promise<void> {
  await of.execute(sql`insert into outbox (topic, subject, payload, created_at, available_at)
    values (${topic}, ${subject}, ${JSON.stringify(payload)}::jsonb, ${start}, ${start})`)
}

/** Asks for a seat, which the driver has an hour to answer. */
async function ask(rideId: string, passengerId: string): Promise<void> {
  const departsAt = after(24 * HOUR)
  const quote = quoteOf({ rideId, passengerId, legFrom: 0, legTo: 1, departsAt, now: start })
  const paying = choosePaying(quote, null, false, start.getTime())
  await claimSeats(db, { id: uuidv7(), quote, seatIds: null, answerBy: after(HOUR), paying }, start)
}

const drain = (at: Date) => newPlaces().drain(db, at, { sendText: async () => undefined })

test('documents, reviews and saved searches are told to whom they concern', async () => {
  const { rideId, driverId } = await newRide(db, start, 2)
  const passenger = await newPerson(db, start)
  await write(db, 'document.expiring', driverId, { documentId: crypto.randomUUID() })
  await write(db, 'document.rejected', driverId, { documentId: crypto.randomUUID() })
  await write(db, 'review.visible', passenger, {
    ...{ reviewId: uuidv7(), bookingId: uuidv7(), authorId: driverId },
  })
  const match = { savedSearchId: uuidv7(), rideId, driverId, userId: passenger }
  await write(db, 'alert.matched', passenger, { ...match, toPassenger: true, toDriver: true })
  await write(db, 'alert.matched', passenger, {
    ...match,
    savedSearchId: uuidv7(),
    toPassenger: false,
    toDriver: false,
  })
  await drain(start)
  expect((await newsOf({ driver: driverId, passenger })).toSorted()).toEqual([
    'document_expiring to driver',
    'document_rejected to driver',
    'passenger_found to driver',
    'review_visible to passenger',
    'ride_found to passenger',
  ])
  expect(await listOf(db, passenger)).toContain('A ride for your search')
})

test('a call for help goes to the operators, and that it was heard to who called', async () => {
  const [caller, operator] = [await newPerson(db, start), await newPerson(db, start)]
  await db.execute(sql`insert into staff_roles (user_id, role, granted_by, granted_at)
    values (${operator}, 'operator', ${operator}, ${start})`)
  const asked = { id: uuidv7(), userId: caller, rideId: null, position: null, note: null }
  const alert = await raiseSos(db, asked, start)
  const change = { alertId: alert?.id ?? '', actorId: operator }
  await drain(start)
  await acknowledgeSos(db, change, after(5))
  await drain(after(5))
  await resolveSos(db, { ...change, reason: 'safe' }, after(9))
  await drain(after(9))
  expect(await newsOf({ caller, operator })).toEqual(['sos_raised to operator', 'sos_acknowledged to caller'])
})

test('a request that nobody answered is told to who asked; names are those of now', async () => {
  const { rideId, driverId } = await newRide(db, start, 1)
  const passenger = await newPerson(db, start)
  await saveProfile(db, passenger, { name: 'Meera Nair' }, start)
  await ask(rideId, passenger)
  await drain(start)
  expect(await listOf(db, driverId)).toEqual(['Meera asks for a seat'])
  const [row] = await readRows(
    db,
    sql`select late_at as "lateAt", expires_at as "expiresAt" from deliveries
      join notifications note on note.id = notification_id join bookings on bookings.ride_id = ${rideId}
      where note.user_id = ${driverId}`,
    z.object({ lateAt: z.coerce.date(), expiresAt: z.coerce.date() }),
  )
  expect(row?.lateAt).toEqual(row?.expiresAt)
  await db.execute(sql`update users set name = null where id = ${passenger}`)
  expect(await listOf(db, driverId)).toEqual(['Someone asks for a seat'])
  await settleRide(db, rideId, after(20 * HOUR))
  await drain(after(20 * HOUR))
  expect(await newsOf({ driver: driverId, passenger })).toEqual([
    'booking_requested to driver',
    'booking_expired to passenger',
  ])
})

test('a change that lets passengers leave is told, another is not', async () => {
  const { rideId, driverId } = await newRide(db, start, 1)
  const passenger = await newPerson(db, start)
  await ask(rideId, passenger)
  await drain(start)
  for (const [n, material] of [false, true].entries()) {
    const when = after(60 * (n + 1))
    await db.execute(sql`with change as (
        insert into ride_changes (id, ride_id, kind, material, details, at)
        values (${uuidv7()}, ${rideId}, 'departure', ${material}, '{}'::jsonb, ${when})
      )
      insert into outbox (topic, subject, payload, created_at, available_at)
      select 'booking.updated', ride_id, jsonb_build_object('bookingId', id, 'passengerId', passenger_id, 'state', state),
        ${when}::timestamptz, ${when}::timestamptz from bookings where ride_id = ${rideId}`)
    await drain(when)
  }
  expect(await newsOf({ driver: driverId, passenger })).toEqual([
    'booking_requested to driver',
    'ride_changed to passenger',
  ])
})

test('a request names people that are there and people that are not', async () => {
  const [operator, reader] = [await newPerson(db, start), await newPerson(db, start)]
  const written = { en: { title: 'Rain', body: 'Take care' } }
  const request = { kind: 'announcement' as const, userIds: [reader, uuidv7()], written }
  expect(await requestNotifications(db, { id: uuidv7(), actorId: operator, ...request }, start)).toBe(1)
  await drain(start)
  expect(await listOf(db, reader)).toEqual(['Rain'])
})

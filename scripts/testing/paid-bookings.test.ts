import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listBookings, loadBooking } from '../../db/queries/bookings/load-bookings.ts'
import { hasBooked } from '../../db/queries/chat/conditions.ts'
import { loadDriverStats } from '../../db/queries/drivers/driver-stats.ts'
import { loadWatchable } from '../../db/queries/presence/watchable.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { loadRide } from '../../db/queries/rides/load-rides.ts'
import { loadUnsettledRides, settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { ANSWER_MS } from '../../packages/booking/answer-deadline.ts'
import { PAYMENT_HOLD_MS } from '../../packages/booking/payment-deadline.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { type NewRide, newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { payFor } from '../storms/paying.ts'
import { act, book, lineUp } from '../storms/perform.ts'
import { openWorld } from './open-world.ts'

const start = Date.parse('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(start + ms)
const HOUR_MS = 3_600_000
const LAPSE = PAYMENT_HOLD_MS
const whole = { legFrom: 0, legTo: 2, seats: 1 }
const held = { retake: false }
const late = { retake: true }

const db = await openWorld()

/** A ride in five hours with one seat, and who is to pay for it. */
async function unpaidSeat(bookingMode: 'instant' | 'approval' = 'instant', seatIds = ['1A']) {
  const options = { bookingMode, legs: 2, capacity: 1, seatIds }
  const ride = await newRide(db, { ...options, departsAt: at(5 * HOUR_MS) }, at(0))
  const [passengerId = '', otherId = ''] = await newPeople(db, 2, at(0))
  const booking = await book(db, quoteFor(ride, passengerId, whole, at(0)), null, at(0), 'online')
  if (!booking) throw new Error('not booked')
  return { ride, booking, passengerId, otherId }
}

async function sweep(now: Date): Promise<void> {
  for (const rideId of await loadUnsettledRides(db, now)) await settleRide(db, rideId, now)
}

const taken = async ({ rideId }: NewRide, now: Date) =>
  (await loadRide(db, rideId, now))?.legs.map((leg) => leg.taken)

const historyOf = async (id: string, userId: string) =>
  (await loadBooking(db, id, userId))?.history.map(({ state }) => state)

async function toldOf(bookingId: string): Promise<string[]> {
  const { rows } = await db.execute(sql`select topic || ' ' || (payload ->> 'state') as told from outbox
    where payload ->> 'bookingId' = ${bookingId} order by id`)
  return rows.map(({ told }) => String(told))
}

test('on an instant route who pays is confirmed, and then the driver is told', async () => {
  const { ride, booking, passengerId } = await unpaidSeat()
  expect(booking).toMatchObject({ state: 'unpaid', payWith: 'online', feeAmount: 1180, paidAmount: 0 })
  expect(booking.expiresAt).toEqual(at(PAYMENT_HOLD_MS))
  expect(await toldOf(booking.id)).toEqual([])
  expect(await payFor(db, booking.id, held, at(1000))).toEqual({ id: booking.id, state: 'confirmed' })
  expect(await loadBooking(db, booking.id, passengerId)).toMatchObject({
    ...{ state: 'confirmed', expiresAt: null, seatIds: ['1A'] },
    history: [{ state: 'unpaid' }, { state: 'confirmed', actorId: passengerId, at: at(1000) }],
  })
  expect(await toldOf(booking.id)).toEqual(['booking.new confirmed'])
  expect(await taken(ride, at(1000))).toEqual([1, 1])
})

test('else the driver is asked, who has as long as ever', async () => {
  const { booking, passengerId, ride } = await unpaidSeat('approval')
  expect(await payFor(db, booking.id, held, at(1000))).toMatchObject({ state: 'pending' })
  const paid = await loadBooking(db, booking.id, passengerId)
  expect(paid?.expiresAt).toEqual(at(1000 + ANSWER_MS))
  expect(await toldOf(booking.id)).toEqual(['booking.new pending'])
  const accept = { bookingId: booking.id, actorId: ride.driverId, action: 'accept' } as const
  expect(await act(db, accept, at(2000))).toMatchObject({ state: 'confirmed' })
})

test.each([held, late])('a payment counts once, also when it is told twice: %j', async (options) => {
  const { booking, passengerId, ride } = await unpaidSeat()
  const told = await Promise.all([1, 2, 3].map(() => payFor(db, booking.id, options, at(1000))))
  expect(told.filter((one) => one)).toHaveLength(1)
  expect(await payFor(db, booking.id, options, at(2000))).toBeUndefined()
  expect(await historyOf(booking.id, passengerId)).toEqual(['unpaid', 'confirmed'])
  expect(await taken(ride, at(2000))).toEqual([1, 1])
})

test('a hold that lapsed counts until its seats were given back', async () => {
  const { booking, ride, passengerId } = await unpaidSeat()
  expect(await payFor(db, booking.id, held, at(LAPSE))).toMatchObject({ state: 'confirmed' })
  await sweep(at(LAPSE + 1))
  expect(await historyOf(booking.id, passengerId)).toEqual(['unpaid', 'confirmed'])
  expect(await taken(ride, at(LAPSE + 1))).toEqual([1, 1])
})

test('after that the seats are taken again, where nobody has them', async () => {
  const { booking, ride, passengerId } = await unpaidSeat()
  await sweep(at(LAPSE))
  expect(await taken(ride, at(LAPSE))).toEqual([0, 0])
  expect(await loadBooking(db, booking.id, passengerId)).toMatchObject({ state: 'expired', expiresAt: null })
  expect(await payFor(db, booking.id, held, at(LAPSE + 1))).toBeUndefined()
  expect(await payFor(db, booking.id, late, at(LAPSE + 1))).toMatchObject({ state: 'confirmed' })
  expect(await taken(ride, at(LAPSE + 1))).toEqual([1, 1])
  expect(await loadBooking(db, booking.id, passengerId)).toMatchObject({
    ...{ state: 'confirmed', seatIds: ['1A'] },
    history: [{ state: 'unpaid' }, { state: 'expired', actorId: null }, { state: 'confirmed' }],
  })
  expect(await payFor(db, booking.id, late, at(LAPSE + 2))).toBeUndefined()
})

test('who came too late for the seats, or has others, is told so by a constraint', async () => {
  const full = await unpaidSeat('instant', [])
  await sweep(at(LAPSE))
  await book(db, quoteFor(full.ride, full.otherId, whole, at(LAPSE)), null, at(LAPSE))
  await expect(payFor(db, full.booking.id, late, at(LAPSE + 1))).rejects.toMatchObject({
    constraint: 'ride_legs_taken_check',
  })

  const again = await unpaidSeat('instant', [])
  await sweep(at(LAPSE))
  const part = { ...whole, legTo: 1 }
  await book(db, quoteFor(again.ride, again.passengerId, part, at(LAPSE)), null, at(LAPSE))
  await db.execute(sql`update ride_legs set capacity = 2 where ride_id = ${again.ride.rideId}`)
  await expect(payFor(db, again.booking.id, late, at(LAPSE + 1))).rejects.toMatchObject({
    constraint: 'bookings_one_active',
  })
  expect(await historyOf(again.booking.id, again.passengerId)).toEqual(['unpaid', 'expired'])

  const seated = await unpaidSeat()
  await sweep(at(LAPSE))
  await db.execute(sql`update ride_legs set capacity = 2 where ride_id = ${seated.ride.rideId}`)
  await book(db, quoteFor(seated.ride, seated.otherId, whole, at(LAPSE)), ['1A'], at(LAPSE))
  await expect(payFor(db, seated.booking.id, late, at(LAPSE + 1))).rejects.toMatchObject({
    constraint: 'booking_seats_no_overlap',
  })
  expect(await taken(seated.ride, at(LAPSE + 1))).toEqual([1, 1])
})

test('nobody is put on a ride that has departed, was cancelled, or changed after the hold', async () => {
  const gone = await unpaidSeat()
  expect(await payFor(db, gone.booking.id, held, at(5 * HOUR_MS))).toBeUndefined()
  await sweep(at(LAPSE))
  expect(await payFor(db, gone.booking.id, late, at(5 * HOUR_MS))).toBeUndefined()

  const dropped = await unpaidSeat()
  await cancelRide(db, { rideId: dropped.ride.rideId, driverId: dropped.ride.driverId, now: at(1000) })
  expect(await historyOf(dropped.booking.id, dropped.passengerId)).toEqual(['unpaid', 'expired'])
  expect(await payFor(db, dropped.booking.id, late, at(2000))).toBeUndefined()

  for (const swept of [false, true]) {
    const changed = await unpaidSeat()
    if (swept) await sweep(at(LAPSE))
    await db.execute(sql`update routes set updated_at = ${at(LAPSE + 1)}
      where id = (select route_id from rides where id = ${changed.ride.rideId})`)
    expect(await payFor(db, changed.booking.id, late, at(LAPSE + 2))).toBeUndefined()
  }
})

test('nor is who gave the booking up, was turned down, is gone, or not wanted there any more', async () => {
  const cancelled = await unpaidSeat()
  const { id: bookingId } = cancelled.booking
  expect(
    await act(db, { bookingId, actorId: cancelled.passengerId, action: 'cancel' }, at(1000)),
  ).toMatchObject({ state: 'cancelled' })
  expect(await payFor(db, bookingId, late, at(2000))).toBeUndefined()

  // Paid, and then not answered in time: that is another way to expire.
  const unanswered = await unpaidSeat('approval')
  await payFor(db, unanswered.booking.id, held, at(0))
  await sweep(at(ANSWER_MS))
  expect(await historyOf(unanswered.booking.id, unanswered.passengerId)).toEqual([
    ...['unpaid', 'pending', 'expired'],
  ])
  expect(await payFor(db, unanswered.booking.id, late, at(ANSWER_MS + 1))).toBeUndefined()

  const blocked = await unpaidSeat()
  await db.execute(sql`insert into blocks (blocker_id, blocked_id, created_at)
    values (${blocked.ride.driverId}, ${blocked.passengerId}, ${at(0)})`)
  expect(await payFor(db, blocked.booking.id, late, at(1000))).toBeUndefined()
  const deleted = await unpaidSeat()
  await db.execute(sql`update users set deleted_at = ${at(0)} where id = ${deleted.passengerId}`)
  expect(await payFor(db, deleted.booking.id, late, at(1000))).toBeUndefined()
})

test('the seats of who pays late are first for who waits', async () => {
  const { booking, ride, otherId, passengerId } = await unpaidSeat()
  await lineUp(db, quoteFor(ride, otherId, whole, at(0)), at(1))
  await db.execute(sql`update bookings set state = 'expired' where id = ${booking.id}`)
  await db.execute(
    sql`insert into booking_transitions values (${booking.id}, 1, 'expired', null, ${at(LAPSE)})`,
  )
  await db.execute(sql`update ride_legs set taken = 0 where ride_id = ${ride.rideId}`)
  await db.execute(sql`update booking_seats set holds = false where booking_id = ${booking.id}`)
  expect(await payFor(db, booking.id, late, at(LAPSE + 1))).toBeUndefined()
  expect(await historyOf(booking.id, passengerId)).toEqual(['unpaid', 'expired'])
})

test('the driver of a booking that was never paid knows nothing of it, and has no more to do with its passenger', async () => {
  const { booking, ride, passengerId } = await unpaidSeat()
  const period = { from: undefined, to: undefined }
  const known = async () => {
    const { rows } = await db.execute(
      sql`select ${hasBooked(sql`${passengerId}`)} as booked from rides ride where id = ${ride.rideId}`,
    )
    const page = { userId: ride.driverId, side: 'driver', limit: 10 } as const
    const stats = await loadDriverStats(db, ride.driverId, period, at(LAPSE))
    return {
      booked: rows[0]?.['booked'],
      seen: (await loadBooking(db, booking.id, ride.driverId)) !== undefined,
      listed: (await listBookings(db, page, at(0))).length,
      watched: (await loadWatchable(db, ride.driverId, [passengerId], at(0))).length,
      asked: stats?.bookingsAsked,
    }
  }
  const nothing = { booked: false, seen: false, listed: 0, watched: 0, asked: 0 }
  expect(await known()).toEqual(nothing)
  await act(db, { bookingId: booking.id, actorId: passengerId, action: 'cancel' }, at(1000))
  expect(await known()).toEqual(nothing)

  const again = await book(db, quoteFor(ride, passengerId, whole, at(1)), null, at(2000), 'online')
  await payFor(db, again?.id ?? '', held, at(3000))
  expect(await known()).toEqual({ booked: true, seen: false, listed: 1, watched: 1, asked: 0 })
})

test('whether cash is taken is asked when the seats are taken', async () => {
  const { ride, otherId } = await unpaidSeat()
  await db.execute(sql`update ride_legs set capacity = 3 where ride_id = ${ride.rideId}`)
  await db.execute(sql`update routes set cash_accepted = false
    where id = (select route_id from rides where id = ${ride.rideId})`)
  const quote = quoteFor(ride, otherId, whole, at(0))
  expect(await book(db, quote, null, at(0), 'cash')).toBeUndefined()
  const free = { ...quote, fareAmount: 0 }
  const [person = ''] = await newPeople(db, 1, at(0))
  expect(await book(db, { ...free, id: uuidv7(), passengerId: person }, null, at(0), 'online')).toMatchObject({
    ...{ state: 'confirmed', payWith: 'cash', feeAmount: 0 },
  })
  expect(await book(db, quote, null, at(0))).toMatchObject({ state: 'unpaid', payWith: 'online' })
})

import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listBookings } from '../../db/queries/bookings/load-bookings.ts'
import { loadDriverStats } from '../../db/queries/drivers/driver-stats.ts'
import { loadRide } from '../../db/queries/rides/load-rides.ts'
import { loadRideSeats } from '../../db/queries/rides/load-seats.ts'
import { listWaitlist } from '../../db/queries/waitlist/load-waitlist.ts'
import { loadUnsettledRides, settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { OFFER_MS } from '../../packages/booking/offer-window.ts'
import { type NewRide, newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { act, book, lineUp, takeUp } from '../storms/perform.ts'
import { openWorld } from './open-world.ts'

/** What only a clock can bring about to those who wait; these call the queries with their own `now`. */
const MINUTE_MS = 60_000
const start = Date.parse('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(start + ms)
const whole = { legFrom: 0, legTo: 2, seats: 1 }

const db = await openWorld()
/** A ride in so many minutes, whose only seat is taken, and a queue of so many. */
async function queue(minutes: number, waiting: number) {
  const options = { bookingMode: 'instant', legs: 2, capacity: 1, seatIds: ['1A'] } as const
  const ride = await newRide(db, { ...options, departsAt: at(minutes * MINUTE_MS) }, at(0))
  const [holder = '', ...people] = await newPeople(db, waiting + 1, at(0))
  const booking = await book(db, quoteFor(ride, holder, whole, at(0)), null, at(0))
  if (!booking) throw new Error('not booked')
  for (const [n, person] of people.entries()) await lineUp(db, quoteFor(ride, person, whole, at(0)), at(n + 1))
  const leave = (now: Date) => act(db, { bookingId: booking.id, actorId: holder, action: 'cancel' }, now)
  return { ride, people, leave }
}

async function sweep(now: Date): Promise<void> {
  for (const rideId of await loadUnsettledRides(db, now)) await settleRide(db, rideId, now)
}

/** What became of everybody's waiting. */
async function statesOf(people: readonly string[]) {
  const lists = await Promise.all(people.map((passengerId) => listWaitlist(db, { passengerId, limit: 1 })))
  return lists.map(([entry]) => entry?.state)
}

/** The newest booking of a person on a ride. */
async function bookingOf(ride: NewRide, userId: string, now: Date) {
  const [booking] = await listBookings(db, { userId, side: 'passenger', rideId: ride.rideId, limit: 1 }, now)
  if (!booking) throw new Error('nothing booked')
  return booking
}

test('an offer that nobody takes up lapses, and the seat goes to the next', async () => {
  const { ride, people, leave } = await queue(300, 2)
  const [first = '', second = ''] = people
  await leave(at(MINUTE_MS))
  // The request that freed it did not get round to offering it: the sweep does.
  expect(await loadUnsettledRides(db, at(MINUTE_MS))).toContain(ride.rideId)
  await sweep(at(MINUTE_MS))
  expect(await statesOf(people)).toEqual(['offered', 'waiting'])
  const offer = await bookingOf(ride, first, at(MINUTE_MS))
  const ends = MINUTE_MS + OFFER_MS
  expect(offer).toMatchObject({ state: 'offered', seatIds: ['1A'], expiresAt: at(ends) })
  const mine = { bookingId: offer.id, passengerId: first }
  expect(await takeUp(db, mine, at(ends))).toBeUndefined()
  await sweep(at(ends - 1))
  expect(await statesOf(people)).toEqual(['offered', 'waiting'])

  // Over, but not swept: free for all to see, and yet for the next in the queue only.
  expect((await loadRide(db, ride.rideId, at(ends)))?.legs.map(({ taken }) => taken)).toEqual([0, 0])
  expect(await loadRideSeats(db, ride.rideId, { from: 0, to: null }, at(ends))).toMatchObject({ taken: [] })
  const [stranger = ''] = await newPeople(db, 1, at(0))
  await expect(book(db, quoteFor(ride, stranger, whole, at(0)), null, at(ends))).rejects.toMatchObject({
    constraint: 'ride_legs_taken_check',
  })
  expect(await statesOf(people)).toEqual(['lapsed', 'offered'])
  expect(await bookingOf(ride, first, at(ends))).toMatchObject({ state: 'expired', expiresAt: null })
  const next = await bookingOf(ride, second, at(ends))
  expect(await takeUp(db, { bookingId: next.id, passengerId: second }, at(ends + 1))).toMatchObject({
    state: 'confirmed',
    history: [
      { state: 'offered', actorId: null },
      { state: 'confirmed', actorId: second },
    ],
  })
  // Nobody asked the driver for anything.
  const period = { from: undefined, to: undefined }
  expect(await loadDriverStats(db, ride.driverId, period, at(ends + 1))).toMatchObject({ bookingsAsked: 0 })
})

test('offers end before the departure, and waiting when there is no time left for one', async () => {
  const { ride, people, leave } = await queue(40, 2)
  const [first = ''] = people
  await leave(at(18 * MINUTE_MS))
  await sweep(at(18 * MINUTE_MS))
  expect((await bookingOf(ride, first, at(18 * MINUTE_MS))).expiresAt).toEqual(at(30 * MINUTE_MS))
  await sweep(at(30 * MINUTE_MS))
  expect(await statesOf(people)).toEqual(['lapsed', 'lapsed'])
  expect(await loadUnsettledRides(db, at(60 * MINUTE_MS))).not.toContain(ride.rideId)
})

test('who is banned or gone is passed over', async () => {
  const { people, leave } = await queue(300, 3)
  const [banned, gone] = people
  await db.execute(sql`update users set banned_at = ${at(0)} where id = ${banned}`)
  await db.execute(sql`update users set deleted_at = ${at(0)}, phone = null where id = ${gone}`)
  await leave(at(MINUTE_MS))
  await sweep(at(MINUTE_MS))
  expect(await statesOf(people)).toEqual(['waiting', 'waiting', 'offered'])
})

test('an offer is of the ride as it now is', async () => {
  const { ride, people, leave } = await queue(300, 1)
  const [first = ''] = people
  await db.execute(sql`update rides set departs_at = departs_at + interval '20 minutes',
    arrives_at = arrives_at + interval '20 minutes' where id = ${ride.rideId}`)
  await leave(at(MINUTE_MS))
  await sweep(at(MINUTE_MS))
  expect(await bookingOf(ride, first, at(MINUTE_MS))).toMatchObject({
    pickupAt: at(320 * MINUTE_MS),
    dropoffAt: at(380 * MINUTE_MS),
  })
})

test('a quote of before a change books nothing', async () => {
  const options = { bookingMode: 'instant', legs: 2, capacity: 2, departsAt: at(300 * MINUTE_MS) } as const
  const ride = await newRide(db, options, at(0))
  const [a = '', b = ''] = await newPeople(db, 2, at(0))
  const routeOf = sql`(select route_id from rides where id = ${ride.rideId})`
  await db.execute(sql`update routes set updated_at = ${at(1000)} where id = ${routeOf}`)
  expect(await book(db, quoteFor(ride, a, whole, at(999)), null, at(2000))).toBeUndefined()
  expect(await book(db, quoteFor(ride, a, whole, at(1000)), null, at(2000))).toBeDefined()
  const quote = quoteFor(ride, b, whole, at(1000))
  await db.execute(
    sql`update rides set departs_at = departs_at + interval '1 minute' where id = ${ride.rideId}`,
  )
  expect(await book(db, quote, null, at(2000))).toBeUndefined()
})

test('a booking keeps the policy that was in force when it was quoted', async () => {
  const options = { bookingMode: 'instant', legs: 2, capacity: 2, departsAt: at(300 * MINUTE_MS) } as const
  const ride = await newRide(db, options, at(0))
  const [a = '', b = ''] = await newPeople(db, 2, at(0))
  const rule = { freeSecondsBefore: 3600, lateShare: 0.9, lateKeptAtMost: 10_000 }
  await db.execute(sql`insert into cancellation_policies (version, rule, valid_from)
    values (2, ${JSON.stringify(rule)}::jsonb, ${at(1000)})`)
  expect(await book(db, quoteFor(ride, a, whole, at(999)), null, at(2000))).toMatchObject({
    rule: { freeSecondsBefore: 86_400, lateShare: 0.5 },
  })
  expect(await book(db, quoteFor(ride, b, whole, at(1000)), null, at(2000))).toMatchObject({ rule })
  await db.execute(sql`update bookings set policy_version = 1 where policy_version = 2`)
  await db.execute(sql`delete from cancellation_policies where version = 2`)
})

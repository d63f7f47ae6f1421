import { expect, test, vi } from 'vitest'
import { changeBooking } from '../../db/queries/bookings/change-booking.ts'
import { claimSeats } from '../../db/queries/bookings/claim-seats.ts'
import { loadBooking } from '../../db/queries/bookings/load-bookings.ts'
import { LEASE_SECONDS, takeDueEvents } from '../../db/queries/outbox/deliver.ts'
import { loadRide } from '../../db/queries/rides/load-rides.ts'
import { loadUnsettledRides, settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { choosePaying } from '../../packages/booking/paying.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import type { LivePort } from '../../workers/context.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { newPerson, newRide, openWorld, quoteOf } from './open-world.ts'
import { outboxSurroundings } from './surroundings.ts'

/** What only a clock can bring about: a black-box test has none to move, so these call the queries with their `now`. */
const start = new Date('2026-12-01T06:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const HOLD_SECONDS = 600

const db = await openWorld()

async function book(rideId: string, now: Date, legs = { from: 0, to: 2 }) {
  const passengerId = await newPerson(db, now)
  const quote = quoteOf({
    rideId,
    departsAt: later(86_400),
    passengerId,
    legFrom: legs.from,
    legTo: legs.to,
    now,
  })
  const answerBy = new Date(now.getTime() + HOLD_SECONDS * 1000)
  const paying = choosePaying(quote, null, false, now.getTime())
  const booking = await claimSeats(db, { id: uuidv7(), quote, seatIds: null, answerBy, paying }, now)
  if (!booking) throw new Error('not booked')
  return booking
}

const sweep = async (now: Date) => {
  for (const rideId of await loadUnsettledRides(db, now)) await settleRide(db, rideId, now)
}

const seatsTaken = async (rideId: string, now: Date) =>
  (await loadRide(db, rideId, now))?.legs.map(({ taken }) => taken)

test('a hold keeps its seat until it lapses, and gives it up before any sweep', async () => {
  const { rideId, driverId } = await newRide(db, start, 1)
  const held = await book(rideId, start)
  await expect(book(rideId, later(HOLD_SECONDS - 1))).rejects.toMatchObject({
    constraint: 'ride_legs_taken_check',
  })
  expect(await seatsTaken(rideId, later(HOLD_SECONDS - 1))).toEqual([1, 1])
  expect(await seatsTaken(rideId, later(HOLD_SECONDS))).toEqual([0, 0])

  const accept = {
    bookingId: held.id,
    actorId: driverId,
    side: 'driver',
    from: ['pending'],
    to: 'confirmed',
    releases: false,
  } as const
  expect(await changeBooking(db, { ...accept, now: later(HOLD_SECONDS) })).toBeUndefined()
  const next = await book(rideId, later(HOLD_SECONDS), { from: 0, to: 1 })
  expect(next.state).toBe('pending')
  expect((await loadBooking(db, held.id, driverId))?.state).toBe('expired')
  expect(await seatsTaken(rideId, later(HOLD_SECONDS))).toEqual([1, 0])
})

test('the sweep ends the holds that have lapsed, of many rides at once, and no others', async () => {
  const rides = [await newRide(db, start, 2), await newRide(db, start, 2)]
  for (const { rideId } of rides) await book(rideId, start)
  const fresh = await book(rides[0]?.rideId ?? '', later(HOLD_SECONDS - 1))
  await sweep(later(HOLD_SECONDS))
  expect((await loadBooking(db, fresh.id, fresh.passengerId))?.state).toBe('pending')
  expect(await seatsTaken(rides[0]?.rideId ?? '', start)).toEqual([1, 1])
  expect(await seatsTaken(rides[1]?.rideId ?? '', start)).toEqual([0, 0])
  expect(await loadUnsettledRides(db, later(HOLD_SECONDS))).toEqual([])
})

test('an announcement that fails is made again when its lease has run out, in order, and then no more', async () => {
  await drain(async () => undefined, later(HOLD_SECONDS))
  const { rideId } = await newRide(db, start, 2)
  const first = await book(rideId, start)
  const second = await book(rideId, start)
  const down = vi.fn<() => Promise<void>>().mockRejectedValue(new Error('the room is away'))
  const missed = await drain(down, start)
  expect(missed).toMatchObject({ delivered: 0, drainSoon: [LEASE_SECONDS + 1] })

  expect(await takeDueEvents(db, later(LEASE_SECONDS - 1))).toEqual([])
  const heard: string[] = []
  const up = async (_: string, events: { type: string; bookingId?: string }[]) => {
    heard.push(...events.map((event) => event.bookingId ?? event.type))
  }
  expect(await drain(up, later(LEASE_SECONDS + 1))).toMatchObject({ delivered: 2, drainSoon: [] })
  expect(heard).toEqual([first.id, second.id])
  expect(await drain(up, later(LEASE_SECONDS * 100))).toMatchObject({ delivered: 0 })
})

/** Drains once with a room that answers so; returns how many were delivered and what was asked for later. */
async function drain(announce: LivePort['announce'], now: Date) {
  const surroundings = outboxSurroundings(db, { live: { announce } })
  return { delivered: await drainOutbox(surroundings, () => now.getTime()), drainSoon: surroundings.soon }
}

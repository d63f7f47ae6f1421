import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { act, book, lineUp, takeUp } from './perform.ts'
import { type RideSnapshot, readSnapshot } from './ride-snapshot.ts'
import { atOnce, type Storm } from './storm.ts'

const SEATS = 4
const WAITING = 20
const STRANGERS = 20
const DRAINS = 12
const HOUR_MS = 3600_000

/**
 * A full ride with a queue: its passengers cancel while strangers want the seats, many drains offer them, and those who are
 * offered some take them up or give them back. All want the same, so offers have to go to the head of the queue.
 */
export const waiting: Storm = {
  name: 'waiting, offers, strangers',
  rounds: 40,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 5 * HOUR_MS)
    const ride = await newRide(db, { bookingMode: 'instant', legs: 2, capacity: SEATS, departsAt }, now)
    const part = { legFrom: 0, legTo: 2, seats: 1 }
    const people = await newPeople(db, SEATS + WAITING + STRANGERS, now)
    const seated = await Promise.all(
      people.slice(0, SEATS).map((id) => book(db, quoteFor(ride, id, part, now), null, now)),
    )
    const queue = people.slice(SEATS, SEATS + WAITING)
    // Each a millisecond later: whose turn it is, is then beyond doubt.
    for (const [n, id] of queue.entries()) {
      const at = new Date(now.getTime() + n + 1)
      await lineUp(db, quoteFor(ride, id, part, now), at)
    }
    const later = new Date(now.getTime() + 1000)
    const leaving = seated.flatMap((booking) => booking ?? [])
    const first = await atOnce(
      [
        ...leaving.map(
          ({ id, passengerId }) =>
            () =>
              act(db, { bookingId: id, actorId: passengerId, action: 'cancel' }, later),
        ),
        ...people
          .slice(SEATS + WAITING)
          .map((id) => () => book(db, quoteFor(ride, id, part, now), null, later)),
        ...Array.from({ length: DRAINS }, () => () => settleRide(db, ride.rideId, later)),
      ],
      (request) => request(),
    )
    await settleRide(db, ride.rideId, later)
    const offered = offersOf(await readSnapshot(db, ride.rideId))
    const second = await atOnce(
      [
        ...offered.map(
          ({ id, passengerId }) =>
            () =>
              takeUp(db, { bookingId: id, passengerId }, later),
        ),
        ...offered.slice(0, 2).map(
          ({ id, passengerId }) =>
            () =>
              act(db, { bookingId: id, actorId: passengerId, action: 'cancel' }, later),
        ),
        ...Array.from({ length: DRAINS }, () => () => settleRide(db, ride.rideId, later)),
      ],
      (request) => request(),
    )
    await settleRide(db, ride.rideId, later)
    const after = await readSnapshot(db, ride.rideId)
    return { ride, outcomes: [...first, ...second], broken: [...unfair(after, queue), ...leftOver(after)] }
  },
}

const offersOf = ({ bookings }: RideSnapshot) => bookings.filter(({ state }) => state === 'offered')

/** Who was offered seats is the head of the queue, and nobody passed it by. */
function unfair({ entries, bookings }: RideSnapshot, queue: readonly string[]): string[] {
  const served = entries.filter(({ bookingId }) => bookingId !== null).map(({ passengerId }) => passengerId)
  const head = queue.slice(0, served.length)
  const strangers = bookings.filter(
    ({ passengerId, steps }) => steps[0] !== 'offered' && !queue.includes(passengerId),
  )
  return [
    ...(served.join() === head.join() ? [] : [`offers did not go to the first ${served.length} of the queue`]),
    ...(strangers.length === SEATS
      ? []
      : [`${strangers.length - SEATS} strangers got seats before who waited`]),
  ]
}

/** Seats that are free though somebody waits for them. */
function leftOver({ legs, entries }: RideSnapshot): string[] {
  const waits = entries.some(({ state }) => state === 'waiting')
  return waits && legs.every(({ taken }) => taken < SEATS) ? ['a seat is free though somebody waits'] : []
}

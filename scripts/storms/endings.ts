import { cancelRide, completeRide, startRide } from '#db/queries/rides/change-ride.ts'
import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { act, book, lineUp } from './perform.ts'
import { atOnce, type Storm } from './storm.ts'

const PEOPLE = 24
const SEATS = 5
const MINUTE_MS = 60_000

/** The ride starts, is completed and is cancelled while it is being booked, waited for, answered and boarded. */
export const endings: Storm = {
  name: 'the ride ends while it is booked',
  rounds: 40,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 45 * MINUTE_MS)
    const ride = await newRide(db, { bookingMode: 'approval', legs: 3, capacity: SEATS, departsAt }, now)
    const { rideId, driverId } = ride
    const people = await newPeople(db, PEOPLE, now)
    const part = { legFrom: 0, legTo: 3, seats: 1 }
    const early = await Promise.all(
      people.slice(0, SEATS).map((id) => book(db, quoteFor(ride, id, part, now), null, now)),
    )
    const bookings = early.flatMap((booking) => booking ?? [])
    for (const { id } of bookings.slice(0, 3))
      await act(db, { bookingId: id, actorId: driverId, action: 'accept' }, now)
    const change = { rideId, driverId, now }
    const perform = (action: 'accept' | 'reject' | 'board' | 'mark_absent') =>
      bookings.map(
        ({ id }) =>
          () =>
            act(db, { bookingId: id, actorId: driverId, action }, now),
      )
    const outcomes = await atOnce(
      [
        () => startRide(db, { ...change, departsBefore: departsAt }),
        () => startRide(db, { ...change, departsBefore: departsAt }),
        () => completeRide(db, change),
        ...(Math.random() < 0.5 ? [() => cancelRide(db, change), () => cancelRide(db, change)] : []),
        ...perform('accept'),
        ...perform('board'),
        ...perform('mark_absent'),
        ...perform('reject'),
        ...bookings.map(
          ({ id, passengerId }) =>
            () =>
              act(db, { bookingId: id, actorId: passengerId, action: 'cancel' }, now),
        ),
        ...people.slice(SEATS, 12).map((id) => () => book(db, quoteFor(ride, id, part, now), null, now)),
        ...people.slice(12).map((id) => () => lineUp(db, quoteFor(ride, id, part, now), now)),
        () => settleRide(db, rideId, now),
      ],
      (request) => request(),
    )
    return { ride, outcomes, broken: [] }
  },
}

import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { act, book } from './perform.ts'
import { atOnce, type Storm } from './storm.ts'

const PEOPLE = 8
const REPETITIONS = 3
const HOUR_MS = 3600_000

/** Every waiting booking is accepted, rejected and cancelled at once, several times, some of them past their time, while sweeps end what has lapsed. */
export const answers: Storm = {
  name: 'accept, reject, cancel, expire',
  rounds: 40,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 9 * HOUR_MS)
    const seatIds = ['1A', '2A', '2B', '2C', '3A', '3B', '3C', '3D']
    const ride = await newRide(
      db,
      { bookingMode: 'approval', legs: 4, capacity: PEOPLE, departsAt, seatIds },
      now,
    )
    const { rideId, driverId } = ride
    const bookings: BookingRow[] = []
    for (const [n, person] of (await newPeople(db, PEOPLE, now)).entries()) {
      const part = { legFrom: n % 4, legTo: 4, seats: 1 }
      const booking = await book(db, quoteFor(ride, person, part, now), null, now)
      if (booking) bookings.push(booking)
    }
    // Three hours later some answers come just in time and some too late.
    const times = [0, 2.9 * HOUR_MS, 3 * HOUR_MS, 3.1 * HOUR_MS].map((later) => new Date(now.getTime() + later))
    const requests = Array.from({ length: REPETITIONS }, () => bookings).flatMap((each) =>
      each.flatMap(({ id, passengerId }, n) => {
        const at = times[n % times.length] ?? now
        return [
          () => act(db, { bookingId: id, actorId: driverId, action: 'accept' }, at),
          () => act(db, { bookingId: id, actorId: driverId, action: 'reject' }, at),
          () => act(db, { bookingId: id, actorId: passengerId, action: 'cancel' }, at),
        ]
      }),
    )
    const sweeps = [() => settleRide(db, rideId, now), () => settleRide(db, rideId, times[3] ?? now)]
    const outcomes = await atOnce([...requests, ...sweeps], (request) => request())
    return { ride, outcomes, broken: bookings.length === PEOPLE ? [] : ['not everybody could book'] }
  },
}

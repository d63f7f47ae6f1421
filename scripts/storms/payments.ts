import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import { PAYMENT_HOLD_MS } from '#packages/booking/payment-deadline.ts'
import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { captureFor, payFor } from './paying.ts'
import { act, book } from './perform.ts'
import { readSnapshot } from './ride-snapshot.ts'
import { atOnce, type Storm } from './storm.ts'

const SEATS = 8
const PAYMENTS_EACH = 10
const STRANGERS = 60
const SWEEPS = 20
const HOUR_MS = 3600_000

/**
 * A ride whose seats are all to be paid: payments come in time, late and much too late, several of each booking, some taken with
 * the ledger and some without, while sweeps give back what has lapsed, passengers cancel and strangers want the seats.
 */
export const payments: Storm = {
  name: 'pay, expire, pay late',
  rounds: 40,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 5 * HOUR_MS)
    const seatIds = ['1A', '2A', '2B', '2C', '3A', '3B', '3C', '3D']
    const options = { bookingMode: 'instant', legs: 2, capacity: SEATS, departsAt, seatIds } as const
    const ride = await newRide(db, options, now)
    const people = await newPeople(db, SEATS + STRANGERS, now)
    const part = { legFrom: 0, legTo: 2, seats: 1 }
    const held = await Promise.all(
      people.slice(0, SEATS).map((id) => book(db, quoteFor(ride, id, part, now), null, now, 'online')),
    )
    const bookings = held.flatMap((booking) => booking ?? [])
    const after = (ms: number) => new Date(now.getTime() + ms)
    const times = [after(1000), after(PAYMENT_HOLD_MS), after(PAYMENT_HOLD_MS + 1000), after(HOUR_MS)]
    const anyTime = (n: number) => times[n % times.length] ?? now
    const outcomes = await atOnce(
      [
        ...bookings.flatMap(({ id }, n) =>
          Array.from({ length: PAYMENTS_EACH }, (_, k) => {
            const at = anyTime(n + k)
            if (k % 5 === 4) return () => captureFor(db, id, at)
            return () => payFor(db, id, { retake: k % 2 === 0 }, at)
          }),
        ),
        ...bookings.slice(0, 2).map(
          ({ id, passengerId: actorId }) =>
            () =>
              act(db, { bookingId: id, actorId, action: 'cancel' }, anyTime(0)),
        ),
        ...people.slice(SEATS).map((id, n) => {
          const way = n % 2 === 0 ? 'cash' : 'online'
          return () => book(db, quoteFor(ride, id, part, now), null, anyTime(n), way)
        }),
        ...Array.from({ length: SWEEPS }, (_, n) => () => settleRide(db, ride.rideId, anyTime(n))),
      ],
      (request) => request(),
    )
    const { bookings: found } = await readSnapshot(db, ride.rideId)
    const twice = found.filter(({ steps }) => steps.filter((step) => step === 'confirmed').length > 1)
    const broken = twice.map(({ id }) => `${id} was confirmed twice`)
    return { ride, outcomes, broken: bookings.length === SEATS ? broken : ['not everybody could book'] }
  },
}

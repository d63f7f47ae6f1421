import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { act, book } from './perform.ts'
import { atOnce, type Storm } from './storm.ts'

const PEOPLE = 60
const LEGS = 5
const SEATS = ['1A', '2A', '2B', '2C']
const HOUR_MS = 3600_000

const upTo = (count: number) => Math.floor(Math.random() * count)

/** Named and unnamed seats on parts of the way, wanted at once; who has one leaves again, now and then. */
export const namedSeats: Storm = {
  name: 'seats by name, parts of the way',
  rounds: 40,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 5 * HOUR_MS)
    const options = {
      bookingMode: 'instant',
      legs: LEGS,
      capacity: SEATS.length,
      departsAt,
      seatIds: SEATS,
    } as const
    const ride = await newRide(db, options, now)
    const people = await newPeople(db, PEOPLE, now)
    const outcomes = await atOnce(people, async (actorId) => {
      const legFrom = upTo(LEGS)
      const part = { legFrom, legTo: legFrom + 1 + upTo(LEGS - legFrom), seats: 1 }
      const seatIds = Math.random() < 0.7 ? [SEATS[upTo(SEATS.length)] ?? ''] : null
      const booking = await book(db, quoteFor(ride, actorId, part, now), seatIds, now)
      if (booking && Math.random() < 0.3)
        await act(db, { bookingId: booking.id, actorId, action: 'cancel' }, now)
      return booking
    })
    return { ride, outcomes, broken: [] }
  },
}

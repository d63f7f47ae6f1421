import { newPeople, newRide, quoteFor } from './new-ride.ts'
import { book } from './perform.ts'
import { atOnce, type Storm } from './storm.ts'

const PEOPLE = 200
const SEATS = 3
const HOUR_MS = 3600_000

/** The seat guarantee: two hundred at once want one of three seats. */
export const crowd: Storm = {
  name: `${PEOPLE} book ${SEATS} seats`,
  rounds: 100,
  run: async (db, now) => {
    const departsAt = new Date(now.getTime() + 5 * HOUR_MS)
    const ride = await newRide(db, { bookingMode: 'instant', legs: 1, capacity: SEATS, departsAt }, now)
    const people = await newPeople(db, PEOPLE, now)
    const part = { legFrom: 0, legTo: 1, seats: 1 }
    const outcomes = await atOnce(people, (id) => book(db, quoteFor(ride, id, part, now), null, now))
    const booked = outcomes.filter((outcome) => outcome === 'done').length
    return { ride, outcomes, broken: booked === SEATS ? [] : [`${booked} were confirmed`] }
  },
}

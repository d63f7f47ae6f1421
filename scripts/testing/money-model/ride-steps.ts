import { cancelRide, completeRide, startRide } from '../../../db/queries/rides/change-ride.ts'
import type { BookingAction } from '../../../packages/booking/states.ts'
import { quoteFor } from '../../storms/new-ride.ts'
import { act, book } from '../../storms/perform.ts'
import { LEGS, now, offerRide, type Play, pick } from './play.ts'

/** Paise; the largest come to where payouts need one approval, and two. */
const FARES = [30_000, 80_000, 700_000, 3_000_000]
/** How early a ride may set off. */
const EARLY_MS = 3 * 3600_000

const byBooking =
  (action: BookingAction) =>
  async ({ stage, bookings }: Play, a: number) => {
    const booking = pick(bookings, a)
    if (!booking) return
    const actorId = action === 'cancel' ? booking.passengerId : booking.ride.driverId
    await act(stage.db, { bookingId: booking.id, actorId, action }, now())
  }

/** What becomes of bookings and rides. */
export const rideSteps = {
  offer: offerRide,
  book: async (play: Play, a: number, b: number) => {
    const { stage, rides, passengers, bookings } = play
    const ahead = () => rides.filter(({ departsAt }) => departsAt > now())
    if (ahead().length < 2) await offerRide(play, a)
    const [ride, passengerId] = [pick(ahead(), a), pick(passengers, b)]
    if (!ride || !passengerId) return
    const part = { legFrom: 0, legTo: LEGS, seats: 1 }
    const fareAmount = pick(FARES, a + b) ?? 0
    const quote = { ...quoteFor(ride, passengerId, part, now()), fareAmount }
    const booking = await book(stage.db, quote, null, now(), b % 6 === 0 ? 'cash' : 'online')
    if (booking) bookings.push({ id: booking.id, passengerId, ride })
  },
  accept: byBooking('accept'),
  reject: byBooking('reject'),
  cancel: byBooking('cancel'),
  board: byBooking('board'),
  absent: byBooking('mark_absent'),
  /** A ride is driven to its end, with who is there. */
  drive: async ({ stage: { db }, bookings }: Play, a: number, b: number) => {
    const ride = bookings.at(-1 - (a % 3))?.ride
    if (!ride) return
    const change = { rideId: ride.rideId, driverId: ride.driverId, now: now() }
    await startRide(db, { ...change, departsBefore: new Date(Date.now() + EARLY_MS) })
    for (const [index, { id: bookingId }] of bookings.filter((each) => each.ride === ride).entries()) {
      const action = (index + b) % 4 === 0 ? 'mark_absent' : 'board'
      await act(db, { bookingId, actorId: ride.driverId, action }, now())
    }
    await completeRide(db, change)
  },
  cancelRide: async ({ stage, rides }: Play, a: number, b: number) => {
    const ride = pick(rides, a)
    if (ride && b % 4 === 0) await cancelRide(stage.db, { ...ride, now: now() })
  },
}

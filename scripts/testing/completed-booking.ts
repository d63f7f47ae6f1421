import type { Db } from '#db/client.ts'
import { completeRide, startRide } from '#db/queries/rides/change-ride.ts'
import { type NewRide, newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { act, book } from '../storms/perform.ts'

const HOUR_MS = 3600_000
const whole = { legFrom: 0, legTo: 2, seats: 1 }

export interface Travelled {
  ride: NewRide
  driverId: string
  bookingId: string
  passengerId: string
  /** When the passenger was to arrive. */
  dropoffAt: Date
}

/** A booking that the driver or an instant route has said yes to, on a ride in three hours. */
export async function confirmedBooking(db: Db, now: Date): Promise<Travelled> {
  const departsAt = new Date(now.getTime() + 3 * HOUR_MS)
  const ride = await newRide(db, { bookingMode: 'instant', legs: 2, capacity: 4, departsAt }, now)
  const [passengerId = ''] = await newPeople(db, 1, now)
  const booking = await book(db, quoteFor(ride, passengerId, whole, now), null, now)
  if (!booking) throw new Error('not booked')
  const { driverId } = ride
  return { ride, driverId, bookingId: booking.id, passengerId, dropoffAt: booking.dropoffAt }
}

/** Drives a ride to its end, with its passenger on board. */
export async function travel(db: Db, { ride, driverId, bookingId }: Travelled, now: Date): Promise<void> {
  const change = { rideId: ride.rideId, driverId, now }
  await startRide(db, { ...change, departsBefore: ride.departsAt })
  await act(db, { bookingId, actorId: driverId, action: 'board' }, now)
  if (!(await completeRide(db, change))) throw new Error('not completed')
}

/** A booking that is completed. */
export async function completedBooking(db: Db, now: Date): Promise<Travelled> {
  const booking = await confirmedBooking(db, now)
  await travel(db, booking, now)
  return booking
}

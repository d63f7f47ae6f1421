import { loadUnsettledRides, settleRide } from '#db/queries/waitlist/settle-ride.ts'
import type { Services } from '../context.ts'

/**
 * Ends offers and bookings that were not answered in time, on every ride that has some, and offers their seats to who waits.
 * A ride that cannot be settled holds up no other. Returns how many rides were settled, and the offers made.
 */
export async function settleRides(
  { db, log }: Pick<Services, 'db' | 'log'>,
  now: Date,
): Promise<{ settled: number; offers: number }> {
  const done = { settled: 0, offers: 0 }
  for (const rideId of await loadUnsettledRides(db, now)) {
    try {
      done.offers += await settleRide(db, rideId, now)
      done.settled += 1
    } catch (error) {
      log.error('ride not settled', { rideId, error })
    }
  }
  return done
}

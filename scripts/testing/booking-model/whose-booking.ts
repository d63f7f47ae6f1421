import { readSnapshot } from '../../storms/ride-snapshot.ts'
import type { Model } from './model.ts'
import type { Real } from './real.ts'
import { isActive } from './seats.ts'

/** The newest booking of a person, which commands act on: the active one if there is one. */
export const activeOrLast = (model: Model, passengerId: string) =>
  model.bookings.find((each) => isActive(each) && each.passengerId === passengerId) ??
  model.bookings.findLast((each) => each.passengerId === passengerId)

/** The id of that booking. */
export async function bookingIdOf(real: Real, passengerId: string): Promise<string> {
  const { bookings } = await readSnapshot(real.db, real.ride.rideId)
  const mine = bookings.filter((booking) => booking.passengerId === passengerId)
  return (mine.find(isActive) ?? mine.at(-1))?.id ?? crypto.randomUUID()
}

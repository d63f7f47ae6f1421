import type { comingStates } from '#packages/booking/states.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { BOARDS_BEFORE_MS } from './limits.ts'

/** How somebody belongs to a ride, as the database knows it. */
export interface RideMember {
  status: RoomPass['ride']['status']
  departsAt: Date
  driverId: string
  /** Of their confirmed or boarded booking, if they have one. */
  bookingId: string | null
  bookingState: (typeof comingStates)[number] | null
  pickupAt: Date | null
}

/** Who asks, on which session, until when. `expiresAt` absent: as long as the session stands. */
export interface Caller {
  userId: string
  sessionId: string
  expiresAt?: number
}

export type PassRefusal = 'not_found' | 'ride_not_live' | 'not_on_ride'

/** From when on a passenger sees where the car is: an hour before the pickup, Unix milliseconds. */
export function boardsFrom(pickupAt: Date): number {
  return pickupAt.getTime() - BOARDS_BEFORE_MS
}

/**
 * The access check of everything live on a ride: its driver and its confirmed passengers, until it is over.
 * @param member undefined where there is no such ride
 */
export function passFor(
  rideId: string,
  caller: Caller,
  member: RideMember | undefined,
): RoomPass | { refused: PassRefusal } {
  if (!member) return { refused: 'not_found' }
  const { status, driverId, departsAt, bookingId, bookingState, pickupAt } = member
  if (status === 'completed' || status === 'cancelled') return { refused: 'ride_not_live' }
  const ride = { id: rideId, driverId, status, departsAt: departsAt.toISOString() }
  if (driverId === caller.userId) return { ...caller, role: 'driver', ride }
  if (bookingId === null) return { refused: 'not_on_ride' }
  const waits = bookingState === 'boarded' || pickupAt === null ? {} : { positionsFrom: boardsFrom(pickupAt) }
  return { ...caller, role: 'passenger', bookingId, ...waits, ride }
}

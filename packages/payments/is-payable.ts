import type { BookingState } from '#packages/booking/states.ts'

/**
 * Whether a payment for this booking would still bring its passenger along: it waits for one, or its hold has lapsed and the ride
 * may have the seats still. @param now Unix milliseconds
 */
export function isPayable(
  { bookingState, departsAt }: { bookingState: BookingState; departsAt: Date },
  now: number,
): boolean {
  return (bookingState === 'unpaid' || bookingState === 'expired') && departsAt.getTime() > now
}

import type { BookingSide } from '#packages/booking/sides.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'

/**
 * How long one may write a review, and how long a review waits for that of the other side. It is one number: when a
 * review can be read because its time is over, nobody may answer it with one any more.
 */
export const REVIEW_MS = 15 * 24 * 60 * 60 * 1000

/** What of a booking decides who may review it when; instants in Unix milliseconds. */
export interface ReviewableBooking {
  /** Whether the driver, or an instant route, ever said yes. Cancelling afterwards takes no review away. */
  accepted: boolean
  /** When the passenger arrives by plan. */
  dropoffAt: number
  /** When it was completed, cancelled, or the passenger not found; null while it goes on. */
  endedAt: number | null
  /** Whose doing that was; null where it is completed, which is both's. */
  endedBy: BookingSide | null
}

/** From when until before when, Unix milliseconds. */
export interface ReviewWindow {
  opensAt: number
  closesAt: number
}

/**
 * When a side may write its review: from the planned end on, or from an earlier end that it did not bring about itself.
 * Null: never, as the booking was never accepted.
 */
export function reviewWindow(booking: ReviewableBooking, side: BookingSide): ReviewWindow | null {
  const { accepted, dropoffAt, endedAt, endedBy } = booking
  if (!accepted) return null
  const opensAt = endedAt !== null && endedBy !== side ? Math.min(endedAt, dropoffAt) : dropoffAt
  return { opensAt, closesAt: opensAt + REVIEW_MS }
}

/**
 * Why a side may not write its review now; null: it may.
 * @param othersVisibleAt from when on the other side's review can be read; null where there is none
 * @param now Unix milliseconds
 */
export function reviewRefusal(
  booking: ReviewableBooking,
  side: BookingSide,
  othersVisibleAt: number | null,
  now: number,
): ProblemCode | null {
  const window = reviewWindow(booking, side)
  if (!window) return 'review_not_allowed'
  if (now < window.opensAt) return 'review_too_early'
  // Blind means: nobody writes who could have read.
  const read = othersVisibleAt !== null && othersVisibleAt <= now
  return read || now >= window.closesAt ? 'review_closed' : null
}

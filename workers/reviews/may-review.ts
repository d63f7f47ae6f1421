import type { ReviewableRow } from '#db/queries/reviews/load-reviewable.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import { type ReviewableBooking, reviewRefusal, reviewWindow } from '#packages/reviews/review-window.ts'

/** What a review can be refused with because of its booking. */
export const reviewRefusals = [
  'review_not_allowed',
  'review_too_early',
  'review_closed',
  'already_reviewed',
] as const satisfies ProblemCode[]

/** Why this side may not review the other now; null: it may. @param now Unix milliseconds */
export function whyNotReview(booking: ReviewableRow, now: number): ProblemCode | null {
  if (booking.mineVisibleAt) return 'already_reviewed'
  return reviewRefusal(inMs(booking), booking.side, booking.othersVisibleAt?.getTime() ?? null, now)
}

/** From when until when this side may review the other; null: never. */
export function windowOf(booking: ReviewableRow): { opensAt: string; closesAt: string } | null {
  const window = reviewWindow(inMs(booking), booking.side)
  return (
    window && {
      opensAt: new Date(window.opensAt).toISOString(),
      closesAt: new Date(window.closesAt).toISOString(),
    }
  )
}

const inMs = ({ accepted, dropoffAt, endedAt, endedBy }: ReviewableRow): ReviewableBooking => ({
  ...{ accepted, endedBy, dropoffAt: dropoffAt.getTime(), endedAt: endedAt?.getTime() ?? null },
})

import { z } from '@hono/zod-openapi'
import { loadReviewable } from '#db/queries/reviews/load-reviewable.ts'
import { loadReviewsOfBooking } from '#db/queries/reviews/load-reviews.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, Instant } from '../http/shapes.ts'
import { Review } from './contract.ts'
import { reviewRefusals, whyNotReview, windowOf } from './may-review.ts'
import { presentReview } from './present.ts'

// `nullable` would not be seen in the document, where a review is one by reference.
const MaybeReview = z.union([Review, z.null()])

const BookingReviews = z
  .object({
    mine: MaybeReview,
    theirs: MaybeReview.openapi({ description: 'Once it is published' }),
    theyWrote: z.boolean(),
    window: z
      .object({ opensAt: Instant, closesAt: Instant })
      .nullable()
      .openapi({ description: 'When I may write; null: never' }),
    mayWrite: z.boolean(),
    reason: z.enum(reviewRefusals).nullable().openapi({ description: 'Why I may not write now' }),
  })
  .openapi('BookingReviews')

export const getBookingReviews = operation(
  {
    id: 'getBookingReviews',
    method: 'get',
    path: '/bookings/{id}/reviews',
    tag: 'Reviews',
    summary: 'What the two sides of a booking of mine said about each other, and whether I may',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: BookingReviews },
    errors: [],
  },
  async (ctx, { params }) => {
    const { userId } = ctx.actor
    const booking = await loadReviewable(ctx.db, params.id, userId)
    if (!booking) throw new Problem('not_found')
    const reviews = await loadReviewsOfBooking(ctx.db, params.id, userId, new Date(ctx.now))
    const mine = reviews.find(({ authorId }) => authorId === userId)
    const theirs = reviews.find(({ authorId }) => authorId !== userId)
    const refused = whyNotReview(booking, ctx.now)
    return ok({
      mine: mine ? presentReview(mine, ctx) : null,
      theirs: theirs ? presentReview(theirs, ctx) : null,
      theyWrote: booking.othersVisibleAt !== null,
      window: windowOf(booking),
      mayWrite: refused === null,
      reason: reviewRefusals.find((code) => code === refused) ?? null,
    })
  },
)

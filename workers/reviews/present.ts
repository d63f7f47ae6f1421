import type { z } from '@hono/zod-openapi'
import type { ReviewRow } from '#db/queries/reviews/review-view.ts'
import { firstName } from '#packages/people/first-name.ts'
import type { Ctx } from '../context.ts'
import type { Review } from './contract.ts'

/** A review as whoever asks may see it. */
export function presentReview(review: ReviewRow, { actor, now }: Ctx): z.input<typeof Review> {
  const { id, authorId, subjectId, stars, tags, reply, repliedAt, visibleAt } = review
  const isMine = actor.userId === authorId || actor.userId === subjectId
  const waits = visibleAt.getTime() > now
  return {
    ...{ id, by: review.side, stars, tags, text: review.body },
    bookingId: isMine ? review.bookingId : null,
    author: { id: authorId, name: firstName(review.authorName) },
    about: { id: subjectId, name: firstName(review.subjectName) },
    reply: reply === null || repliedAt === null ? null : { text: reply, at: repliedAt.toISOString() },
    state: review.removedAt ? 'removed' : waits ? 'waiting' : 'published',
    visibleAt: visibleAt.toISOString(),
    createdAt: review.createdAt.toISOString(),
  }
}

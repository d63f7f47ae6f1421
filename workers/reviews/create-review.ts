import { loadReviewable } from '#db/queries/reviews/load-reviewable.ts'
import { writeReview } from '#db/queries/reviews/write-review.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewReview, Review } from './contract.ts'
import { reviewRefusals, whyNotReview } from './may-review.ts'
import { presentReview } from './present.ts'
import { readJudgement } from './read-judgement.ts'

export const createReview = operation(
  {
    id: 'createReview',
    method: 'post',
    path: '/reviews',
    tag: 'Reviews',
    summary:
      'Review the other side of a booking of mine, within 15 days; neither sees the other’s before writing',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewReview,
    replies: { 201: Review },
    errors: ['not_found', ...reviewRefusals, 'concurrent_change'],
  },
  async (ctx, { body: { bookingId, ...said } }) => {
    const authorId = ctx.actor.userId
    const booking = await loadReviewable(ctx.db, bookingId, authorId)
    if (!booking) throw new Problem('not_found')
    const refused = whyNotReview(booking, ctx.now)
    if (refused) throw new Problem(refused)
    const judgement = readJudgement(said, booking.side)
    const review = { ...judgement, id: uuidv7(ctx.now), authorId, booking }
    const written = await writeReview(ctx.db, review, new Date(ctx.now))
    if (written) return created(presentReview(written, ctx))
    const changed = await loadReviewable(ctx.db, bookingId, authorId)
    throw new Problem((changed && whyNotReview(changed, ctx.now)) ?? 'concurrent_change')
  },
)

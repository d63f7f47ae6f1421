import { replyToReview as storeReply } from '#db/queries/reviews/change-review.ts'
import { loadReview } from '#db/queries/reviews/load-reviews.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Reply, Review } from './contract.ts'
import { presentReview } from './present.ts'

export const replyToReview = operation(
  {
    id: 'replyToReview',
    method: 'post',
    path: '/reviews/{id}/reply',
    tag: 'Reviews',
    summary: 'Reply to a review about me, once, for everybody to read',
    access: 'user',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: Reply,
    replies: { 200: Review },
    errors: ['review_replied'],
  },
  async (ctx, { params, body }) => {
    const { userId } = ctx.actor
    const now = new Date(ctx.now)
    const replied = await storeReply(ctx.db, { id: params.id, userId, reply: body.text }, now)
    if (replied) return ok(presentReview(replied, ctx))
    const review = await loadReview(ctx.db, params.id, userId, now)
    throw new Problem(review?.subjectId === userId ? 'review_replied' : 'not_found')
  },
)

import { editReview } from '#db/queries/reviews/change-review.ts'
import { loadReview } from '#db/queries/reviews/load-reviews.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Review, ReviewEdit } from './contract.ts'
import { presentReview } from './present.ts'
import { readJudgement } from './read-judgement.ts'

export const updateReview = operation(
  {
    id: 'updateReview',
    method: 'put',
    path: '/reviews/{id}',
    tag: 'Reviews',
    summary: 'Say it again, as long as nobody else can have read my review',
    access: 'user',
    limit: 'write',
    params: IdParams,
    body: ReviewEdit,
    replies: { 200: Review },
    errors: ['review_published'],
  },
  async (ctx, { params, body }) => {
    const now = new Date(ctx.now)
    const mine = { id: params.id, userId: ctx.actor.userId }
    const review = await loadReview(ctx.db, mine.id, mine.userId, now)
    if (review?.authorId !== mine.userId) throw new Problem('not_found')
    const edited = await editReview(ctx.db, { ...mine, ...readJudgement(body, review.side) }, now)
    if (!edited) throw new Problem('review_published')
    return ok(presentReview(edited, ctx))
  },
)

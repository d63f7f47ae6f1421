import { loadReview } from '#db/queries/reviews/load-reviews.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Review } from './contract.ts'
import { presentReview } from './present.ts'

export const getReview = operation(
  {
    id: 'getReview',
    method: 'get',
    path: '/reviews/{id}',
    tag: 'Reviews',
    summary: 'A review that is published, or that I wrote',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Review },
    errors: [],
  },
  async (ctx, { params }) => {
    const review = await loadReview(ctx.db, params.id, ctx.actor.userId, new Date(ctx.now))
    if (!review) throw new Problem('not_found')
    return ok(presentReview(review, ctx))
  },
)

import { z } from '@hono/zod-openapi'
import { canMeet } from '#db/queries/blocks/can-meet.ts'
import { listReviewsAbout } from '#db/queries/reviews/load-reviews.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Review } from './contract.ts'
import { presentReview } from './present.ts'

export const listUserReviews = operation(
  {
    id: 'listUserReviews',
    method: 'get',
    path: '/users/{id}/reviews',
    tag: 'Reviews',
    summary: 'The published reviews about a person, the newest first; `side` is what the person was',
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: PageQuery.extend({ side: z.enum(bookingSides).optional() }),
    replies: { 200: listOf(Review) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    const subjectId = params.id
    const page = { subjectId, was: query.side, ...readPage(query) }
    if (!(await canMeet(ctx.db, ctx.actor.userId, subjectId))) throw new Problem('not_found')
    const reviews = await listReviewsAbout(ctx.db, page, new Date(ctx.now))
    return ok(presentPage(reviews, query.limit, (review) => presentReview(review, ctx)))
  },
)

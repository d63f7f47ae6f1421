import { z } from '@hono/zod-openapi'
import { listReviewsAbout, listReviewsBy } from '#db/queries/reviews/load-reviews.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Review } from './contract.ts'
import { presentReview } from './present.ts'

export const listReviews = operation(
  {
    id: 'listReviews',
    method: 'get',
    path: '/reviews',
    tag: 'Reviews',
    summary: 'The reviews that I received, which all can read, or that I wrote; the newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery.extend({ list: z.enum(['received', 'written']).default('received') }),
    replies: { 200: listOf(Review) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { userId } = ctx.actor
    const page = readPage(query)
    const reviews =
      query.list === 'written'
        ? await listReviewsBy(ctx.db, { authorId: userId, ...page })
        : await listReviewsAbout(ctx.db, { subjectId: userId, was: undefined, ...page }, new Date(ctx.now))
    return ok(presentPage(reviews, query.limit, (review) => presentReview(review, ctx)))
  },
)

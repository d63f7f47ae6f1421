import { removeReview as takeDown } from '#db/queries/reviews/moderate-review.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { moderateReview, Reason } from './moderate-review.ts'

export const removeReview = operation(
  {
    id: 'removeReview',
    method: 'post',
    path: '/admin/reviews/{id}/remove',
    tag: 'Admin',
    summary: 'Take a review down: nobody but its author sees it, and it counts no more',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: Reason,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params, body }) => {
    await moderateReview(ctx, takeDown, params.id, body.reason)
    return noContent()
  },
)

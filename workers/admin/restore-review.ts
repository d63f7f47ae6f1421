import { restoreReview as putBack } from '#db/queries/reviews/moderate-review.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { moderateReview, Reason } from './moderate-review.ts'

export const restoreReview = operation(
  {
    id: 'restoreReview',
    method: 'post',
    path: '/admin/reviews/{id}/restore',
    tag: 'Admin',
    summary: 'Put a review back that was taken down',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: Reason,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params, body }) => {
    await moderateReview(ctx, putBack, params.id, body.reason)
    return noContent()
  },
)

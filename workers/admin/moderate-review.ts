import { z } from '@hono/zod-openapi'
import { inspectReview, type Moderation } from '#db/queries/reviews/moderate-review.ts'
import type { ReviewRow } from '#db/queries/reviews/review-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { line } from '../http/shapes.ts'

export const Reason = z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('ModerationReason')

/** Takes a review down or puts it back; one that is so already stays so. Nobody does it to their own, or to one about themselves. */
export async function moderateReview(
  ctx: Ctx,
  change: (db: Ctx['db'], moderation: Moderation) => Promise<ReviewRow | undefined>,
  reviewId: string,
  reason: string,
): Promise<void> {
  const actorId = ctx.actor.userId
  if (await change(ctx.db, { reviewId, actorId, reason, now: new Date(ctx.now) })) return
  const review = await inspectReview(ctx.db, reviewId)
  if (!review) throw new Problem('not_found')
  if (actorId === review.authorId || actorId === review.subjectId) throw new Problem('own_account')
}

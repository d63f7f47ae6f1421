import { loadReviewable } from '#db/queries/documents/review-document.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

/** What a review can be refused with. */
export const reviewErrors = ['own_account', 'document_not_pending'] as const

/** Why a document could not be reviewed by this person; undefined where nothing of that is in the way. */
export async function whyNotReviewed(ctx: Ctx, documentId: string): Promise<Problem | undefined> {
  const document = await loadReviewable(ctx.db, documentId)
  if (!document) return new Problem('not_found')
  if (document.driverId === ctx.actor.userId) return new Problem('own_account')
  return document.state === 'pending' ? undefined : new Problem('document_not_pending')
}

import { z } from '@hono/zod-openapi'
import { rejectDocument as reject } from '#db/queries/documents/review-document.ts'
import { Problem } from '#packages/errors/problem.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { Document } from './contract.ts'
import { presentDocument } from './present.ts'
import { reviewErrors, whyNotReviewed } from './review.ts'

export const rejectDocument = operation(
  {
    id: 'rejectDocument',
    method: 'post',
    path: '/admin/documents/{id}/reject',
    tag: 'Admin',
    summary: 'Refuse a document; its driver is told why',
    access: 'reviewer',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('Rejection'),
    replies: { 200: Document },
    errors: [...reviewErrors, 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const review = { documentId: params.id, reviewerId: ctx.actor.userId, now: new Date(ctx.now) }
    const rejected = await reject(ctx.db, review, body.reason)
    if (!rejected) throw (await whyNotReviewed(ctx, params.id)) ?? new Problem('concurrent_change')
    return ok(await presentDocument(rejected, ctx))
  },
)

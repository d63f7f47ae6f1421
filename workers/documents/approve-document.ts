import { z } from '@hono/zod-openapi'
import { approveDocument as approve } from '#db/queries/documents/review-document.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Day, IdParams } from '../http/shapes.ts'
import { Document } from './contract.ts'
import { presentDocument } from './present.ts'
import { reviewErrors, whyNotReviewed } from './review.ts'

export const approveDocument = operation(
  {
    id: 'approveDocument',
    method: 'post',
    path: '/admin/documents/{id}/approve',
    tag: 'Admin',
    summary: 'Find a document valid; it takes the place of the one before',
    access: 'reviewer',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: z
      .strictObject({
        expiresOn: Day.optional().openapi({
          description: 'As it is on the paper, where the driver said otherwise',
        }),
      })
      .openapi('Approval'),
    replies: { 200: Document },
    errors: [...reviewErrors, 'document_expired'],
  },
  async (ctx, { params, body }) => {
    const review = { documentId: params.id, reviewerId: ctx.actor.userId, now: new Date(ctx.now) }
    const approved = await approve(ctx.db, review, body.expiresOn ?? null, indianDay(ctx.now))
    if (approved) return ok(await presentDocument(approved, ctx))
    const why = await whyNotReviewed(ctx, params.id)
    throw why ?? fieldProblem('document_expired', 'expiresOn', 'This day is over')
  },
)

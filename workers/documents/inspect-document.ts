import { inspectDocument as loadInspected } from '#db/queries/documents/inspect-documents.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { InspectedDocument } from './contract.ts'
import { presentInspected } from './present.ts'

export const inspectDocument = operation(
  {
    id: 'inspectDocument',
    method: 'get',
    path: '/admin/documents/{id}',
    tag: 'Admin',
    summary: 'A document in full, for review; that it was looked at is on record',
    access: 'reviewer',
    limit: 'read',
    params: IdParams,
    replies: { 200: InspectedDocument },
    errors: [],
  },
  async (ctx, { params }) => {
    const document = await loadInspected(ctx.db, params.id, ctx.actor.userId, new Date(ctx.now))
    if (!document) throw new Problem('not_found')
    return ok(await presentInspected(document, ctx))
  },
)

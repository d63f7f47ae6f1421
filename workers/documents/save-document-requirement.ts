import { saveRequirement } from '#db/queries/documents/requirements.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { RequirementShape } from './contract.ts'

export const saveDocumentRequirement = operation(
  {
    id: 'saveDocumentRequirement',
    method: 'put',
    path: '/admin/document-requirements',
    tag: 'Admin',
    summary: 'Ask for a document, or change how it is asked for; counts from now on',
    access: 'administrator',
    limit: 'write',
    body: RequirementShape,
    replies: { 200: RequirementShape },
    errors: [],
  },
  async (ctx, { body }) => {
    const saved = await saveRequirement(ctx.db, body, ctx.actor.userId, new Date(ctx.now))
    if (!saved) throw new Problem('internal')
    return ok(body)
  },
)

import { deleteRequirement } from '#db/queries/documents/requirements.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { RequirementKey } from './contract.ts'

export const deleteDocumentRequirement = operation(
  {
    id: 'deleteDocumentRequirement',
    method: 'delete',
    path: '/admin/document-requirements',
    tag: 'Admin',
    summary: 'Take a row out of the configuration; a less exact one counts then, if there is one',
    access: 'administrator',
    limit: 'write',
    query: RequirementKey,
    replies: { 204: null },
    errors: ['not_found'],
  },
  async (ctx, { query }) => {
    const deleted = await deleteRequirement(ctx.db, query, ctx.actor.userId, new Date(ctx.now))
    if (!deleted) throw new Problem('not_found')
    return noContent()
  },
)

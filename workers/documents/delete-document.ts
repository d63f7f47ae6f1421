import { deleteDocument as removeDocument } from '#db/queries/documents/delete-document.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteDocument = operation(
  {
    id: 'deleteDocument',
    method: 'delete',
    path: '/driver/documents/{id}',
    tag: 'Documents',
    summary: 'Delete a document of mine with its file, unless a ride depends on it',
    access: 'driver',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: ['document_in_use'],
  },
  async (ctx, { params }) => {
    const document = { id: params.id, driverId: ctx.actor.userId }
    const outcome = await removeDocument(ctx.db, document, new Date(ctx.now))
    if (!outcome) throw new Problem('not_found')
    if (!outcome.deleted) throw new Problem('document_in_use')
    return noContent()
  },
)

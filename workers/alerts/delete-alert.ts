import { deleteSavedSearch } from '#db/queries/alerts/own-searches.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteAlert = operation(
  {
    id: 'deleteAlert',
    method: 'delete',
    path: '/alerts/{id}',
    tag: 'Alerts',
    summary: 'Forget a saved search of mine, with what was found for it',
    access: 'user',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const deleted = await deleteSavedSearch(ctx.db, { id: params.id, userId: ctx.actor.userId })
    if (!deleted) throw new Problem('not_found')
    return noContent()
  },
)

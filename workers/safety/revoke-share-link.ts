import { revokeShareLink as revoke } from '#db/queries/share-links/own-links.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { Id, IdParams } from '../http/shapes.ts'

export const revokeShareLink = operation(
  {
    id: 'revokeShareLink',
    method: 'delete',
    path: '/rides/{id}/share/{linkId}',
    tag: 'Safety',
    summary: 'End a link of mine; who follows the ride through it sees nothing more',
    access: 'user',
    limit: 'write',
    announces: true,
    params: IdParams.extend({ linkId: Id }),
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const link = { rideId: params.id, linkId: params.linkId, userId: ctx.actor.userId }
    if (!(await revoke(ctx.db, link, new Date(ctx.now)))) throw new Problem('not_found')
    return noContent()
  },
)

import { listShareLinks as loadShareLinks } from '#db/queries/share-links/own-links.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { ShareLink } from './contract.ts'
import { presentShareLink } from './present-share-link.ts'

export const listShareLinks = operation(
  {
    id: 'listShareLinks',
    method: 'get',
    path: '/rides/{id}/share',
    tag: 'Safety',
    summary: 'My links to a ride that are good, newest first; what they are is told only once',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: listOf(ShareLink) },
    errors: [],
  },
  async (ctx, { params }) => {
    const own = { rideId: params.id, userId: ctx.actor.userId }
    const links = await loadShareLinks(ctx.db, own, new Date(ctx.now))
    return ok({ items: links.map(presentShareLink), nextCursor: null })
  },
)

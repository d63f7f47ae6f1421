import { loadRideMember } from '#db/queries/rides/load-rides.ts'
import { createShareLink as insertShareLink, listShareLinks } from '#db/queries/share-links/own-links.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { MAX_LINKS_PER_RIDE } from '#packages/share-links/limits.ts'
import { newToken } from '#packages/share-links/token.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { NewShareLink } from './contract.ts'
import { pageUrl } from './page-url.ts'
import { presentShareLink } from './present-share-link.ts'

export const createShareLink = operation(
  {
    id: 'createShareLink',
    method: 'post',
    path: '/rides/{id}/share',
    tag: 'Safety',
    summary: 'A link by which anybody who gets it can follow a ride that I am on; it is told only once',
    access: 'user',
    limit: 'write',
    params: IdParams,
    replies: { 201: NewShareLink },
    errors: ['not_on_ride', 'ride_not_live', 'too_many_share_links', 'concurrent_change'],
  },
  async (ctx, { params }) => {
    const own = { rideId: params.id, userId: ctx.actor.userId }
    const { token, hash } = await newToken()
    const link = await insertShareLink(ctx.db, { ...own, id: uuidv7(ctx.now), hash }, new Date(ctx.now))
    if (!link) throw await explain(ctx, params.id)
    return created({ ...presentShareLink(link), url: pageUrl(token) })
  },
)

async function explain({ db, actor, now }: Ctx, rideId: string): Promise<Problem> {
  const { userId } = actor
  const member = await loadRideMember(db, rideId, userId)
  if (!member) return new Problem('not_found')
  if (member.driverId !== userId && !member.bookingId) return new Problem('not_on_ride')
  if (member.status === 'completed' || member.status === 'cancelled') return new Problem('ride_not_live')
  const links = await listShareLinks(db, { rideId, userId }, new Date(now))
  return new Problem(links.length >= MAX_LINKS_PER_RIDE ? 'too_many_share_links' : 'concurrent_change')
}

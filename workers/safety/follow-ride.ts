import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Shared, TokenParams } from './contract.ts'
import { openLink } from './open-link.ts'
import { presentShared } from './present-shared.ts'

export const followRide = operation(
  {
    id: 'followRide',
    method: 'get',
    path: '/share/{token}',
    tag: 'Safety',
    summary:
      'What a link shows: the way, the car and when it arrives. A link that is none, or no longer, is not there',
    access: 'public',
    limit: 'share',
    params: TokenParams,
    replies: { 200: Shared },
    errors: [],
  },
  async (ctx, { params }) => {
    const shared = await openLink(ctx, params.token)
    if (!shared) throw new Problem('not_found')
    return ok(await presentShared(shared, ctx))
  },
)

import { blockPerson } from '#db/queries/blocks/blocks.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'

export const blockUser = operation(
  {
    id: 'blockUser',
    method: 'put',
    path: '/blocks/{userId}',
    tag: 'People',
    summary:
      'Block a person: neither of us finds, books or writes to the other any more. Bookings that we have stay, for us to cancel or keep',
    access: 'user',
    limit: 'write',
    announces: true,
    params: UserParams,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params }) => {
    const pair = { blockerId: ctx.actor.userId, blockedId: params.userId }
    if (pair.blockerId === pair.blockedId) throw new Problem('own_account')
    if (!(await blockPerson(ctx.db, pair, new Date(ctx.now)))) throw new Problem('not_found')
    return noContent()
  },
)

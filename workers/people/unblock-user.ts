import { unblockPerson } from '#db/queries/blocks/blocks.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'

export const unblockUser = operation(
  {
    id: 'unblockUser',
    method: 'delete',
    path: '/blocks/{userId}',
    tag: 'People',
    summary: 'Take back that I blocked a person',
    access: 'user',
    limit: 'write',
    params: UserParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const pair = { blockerId: ctx.actor.userId, blockedId: params.userId }
    if (!(await unblockPerson(ctx.db, pair))) throw new Problem('not_found')
    return noContent()
  },
)

import { countUnread as count } from '#db/queries/chat/count-unread.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'
import { Unread } from './contract.ts'

export const countUnread = operation(
  {
    id: 'countUnread',
    method: 'get',
    path: '/chat/unread/{userId}',
    tag: 'Chat',
    summary: 'How many messages I have not read, in all and by conversation',
    access: 'user',
    limit: 'read',
    params: UserParams,
    replies: { 200: Unread },
    errors: [],
  },
  async (ctx, { params }) => {
    if (params.userId !== ctx.actor.userId) throw new Problem('not_found')
    const conversations = await count(ctx.db, ctx.actor.userId)
    return ok({ total: conversations.reduce((sum, { unread }) => sum + unread, 0), conversations })
  },
)

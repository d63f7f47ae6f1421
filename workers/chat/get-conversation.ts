import { loadConversation } from '#db/queries/chat/load-conversations.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Conversation } from './contract.ts'
import { presentConversation } from './present.ts'

export const getConversation = operation(
  {
    id: 'getConversation',
    method: 'get',
    path: '/chat/conversations/{id}',
    tag: 'Chat',
    summary: 'A conversation that I take part in',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Conversation },
    errors: [],
  },
  async (ctx, { params }) => {
    const conversation = await loadConversation(ctx.db, params.id, ctx.actor.userId)
    if (!conversation) throw new Problem('not_found')
    return ok(await presentConversation(ctx, conversation))
  },
)

import { listConversations as loadConversations } from '#db/queries/chat/load-conversations.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { UserParams } from '../http/shapes.ts'
import { Conversation } from './contract.ts'
import { cursorAfter, readPlace } from './conversation-cursor.ts'
import { presentConversation } from './present.ts'

export const listConversations = operation(
  {
    id: 'listConversations',
    method: 'get',
    path: '/chat/conversations/user/{userId}',
    tag: 'Chat',
    summary: 'My conversations, the one with the newest message first',
    access: 'user',
    limit: 'read',
    params: UserParams,
    query: PageQuery,
    replies: { 200: listOf(Conversation) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    if (params.userId !== ctx.actor.userId) throw new Problem('not_found')
    const page = { userId: ctx.actor.userId, after: readPlace(query.cursor), limit: query.limit + 1 }
    const found = await loadConversations(ctx.db, page)
    const shown = found.slice(0, query.limit)
    const last = found.length > query.limit ? shown.at(-1) : undefined
    const items = await Promise.all(shown.map((conversation) => presentConversation(ctx, conversation)))
    return ok({ items, nextCursor: last ? cursorAfter(last) : null })
  },
)

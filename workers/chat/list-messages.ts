import { listMessages as loadMessages } from '#db/queries/chat/list-messages.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Message } from './contract.ts'
import { presentMine } from './present.ts'

export const listMessages = operation(
  {
    id: 'listMessages',
    method: 'get',
    path: '/chat/messages/{id}',
    tag: 'Chat',
    summary: 'What was said in a conversation of mine, newest first; it has then arrived',
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: PageQuery,
    replies: { 200: listOf(Message) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    const page = { conversationId: params.id, userId: ctx.actor.userId, ...readPage(query) }
    const found = await loadMessages(ctx.db, page, new Date(ctx.now))
    if (!found) throw new Problem('not_found')
    // Only sometimes is there anybody to be told.
    if (found.moved) ctx.defer(ctx.drainOutbox())
    const { items, nextCursor } = presentPage(found.messages, query.limit, (row) => presentMine(ctx, row))
    return ok({ items: await Promise.all(items), nextCursor })
  },
)

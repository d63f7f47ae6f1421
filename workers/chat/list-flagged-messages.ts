import { z } from '@hono/zod-openapi'
import { listFlagged } from '#db/queries/chat/list-flagged.ts'
import { messageFlags } from '#packages/chat/message-flags.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { FlaggedMessage } from './contract.ts'
import { presentFlagged } from './present.ts'

export const listFlaggedMessages = operation(
  {
    id: 'listFlaggedMessages',
    method: 'get',
    path: '/admin/messages/flagged',
    tag: 'Admin',
    summary:
      'Messages that look like contact or payment past the application and wait for somebody to deal with them, or that were dealt with; newest first, each look is on record',
    access: 'operator',
    limit: 'read',
    query: PageQuery.extend({
      flag: z.enum(messageFlags).optional(),
      senderId: Id.optional(),
      handled: z.stringbool().default(false),
    }),
    replies: { 200: listOf(FlaggedMessage) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { flag, senderId, handled } = query
    const filter = { flag, senderId, handled, actorId: ctx.actor.userId, ...readPage(query) }
    const found = await listFlagged(ctx.db, filter, new Date(ctx.now))
    const page = presentPage(found, query.limit, (row) => presentFlagged(ctx, row))
    return ok({ items: await Promise.all(page.items), nextCursor: page.nextCursor })
  },
)

import { z } from '@hono/zod-openapi'
import { listFlagged } from '#db/queries/chat/list-flagged.ts'
import { messageFlags } from '#packages/chat/message-flags.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { FlaggedMessage } from './contract.ts'
import { presentMine } from './present.ts'

export const listFlaggedMessages = operation(
  {
    id: 'listFlaggedMessages',
    method: 'get',
    path: '/admin/messages/flagged',
    tag: 'Admin',
    summary:
      'Messages that look like contact or payment past the application, newest first; each look is on record',
    access: 'operator',
    limit: 'read',
    query: PageQuery.extend({ flag: z.enum(messageFlags).optional(), senderId: Id.optional() }),
    replies: { 200: listOf(FlaggedMessage) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { flag, senderId } = query
    const filter = { flag, senderId, actorId: ctx.actor.userId, ...readPage(query) }
    const found = await listFlagged(ctx.db, filter, new Date(ctx.now))
    const page = presentPage(found, query.limit, async (row) => ({
      ...(await presentMine(ctx, row)),
      flag: row.flag,
      senderName: row.senderName,
    }))
    return ok({ items: await Promise.all(page.items), nextCursor: page.nextCursor })
  },
)

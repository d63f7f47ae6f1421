import { z } from '@hono/zod-openapi'
import {
  countUnreadNotifications,
  listNotifications as loadNotifications,
} from '#db/queries/notifications/own-notifications.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Notification, present } from './contract.ts'

export const listNotifications = operation(
  {
    id: 'listNotifications',
    method: 'get',
    path: '/notifications/{id}',
    tag: 'Notifications',
    summary: 'My notifications, the newest first, and how many I have not read; the id is my own',
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: PageQuery.extend({ unread: z.stringbool().default(false) }),
    replies: { 200: listOf(Notification).extend({ unread: z.int() }) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params, query }) => {
    const { userId } = ctx.actor
    if (params.id !== userId) throw new Problem('not_found')
    const page = { userId, unread: query.unread, ...readPage(query) }
    const [rows, unread] = await Promise.all([
      loadNotifications(ctx.db, page),
      countUnreadNotifications(ctx.db, userId),
    ])
    return ok({ ...presentPage(rows, query.limit, present), unread })
  },
)

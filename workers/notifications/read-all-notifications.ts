import { z } from '@hono/zod-openapi'
import { readAllNotifications as readAll } from '#db/queries/notifications/own-notifications.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'

export const readAllNotifications = operation(
  {
    id: 'readAllNotifications',
    method: 'put',
    path: '/notifications/read-all',
    tag: 'Notifications',
    summary: 'Mark everything as read that has come until now',
    access: 'user',
    limit: 'write',
    replies: { 200: z.object({ read: z.int() }).openapi('ReadNotifications') },
    errors: [],
  },
  async (ctx) => ok({ read: await readAll(ctx.db, ctx.actor.userId, new Date(ctx.now)) }),
)

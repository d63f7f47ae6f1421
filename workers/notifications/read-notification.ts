import { readNotification as read } from '#db/queries/notifications/own-notifications.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Notification, present } from './contract.ts'

export const readNotification = operation(
  {
    id: 'readNotification',
    method: 'put',
    path: '/notifications/{id}/read',
    tag: 'Notifications',
    summary: 'Mark a notification as read; what was not pushed yet stays silent',
    access: 'user',
    limit: 'write',
    params: IdParams,
    replies: { 200: Notification },
    errors: [],
  },
  async (ctx, { params }) => {
    const row = await read(ctx.db, { id: params.id, userId: ctx.actor.userId }, new Date(ctx.now))
    if (!row) throw new Problem('not_found')
    return ok(present(row))
  },
)

import { deleteNotification as remove } from '#db/queries/notifications/own-notifications.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteNotification = operation(
  {
    id: 'deleteNotification',
    method: 'delete',
    path: '/notifications/{id}',
    tag: 'Notifications',
    summary: 'Take a notification off my list',
    access: 'user',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const gone = await remove(ctx.db, { id: params.id, userId: ctx.actor.userId }, new Date(ctx.now))
    if (!gone) throw new Problem('not_found')
    return noContent()
  },
)

import { z } from '@hono/zod-openapi'
import { requestNotifications } from '#db/queries/notifications/request-notifications.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { NewNotifications } from './contract.ts'

export const sendNotifications = operation(
  {
    id: 'sendNotifications',
    method: 'post',
    path: '/notifications',
    tag: 'Notifications',
    summary: 'Tell one person or several what operations have to say, in their language; it is on record',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewNotifications,
    replies: {
      201: z
        .object({ id: Id, recipients: z.int().openapi({ description: 'How many of them have an account' }) })
        .openapi('SentNotifications'),
    },
    errors: [],
  },
  async (ctx, { body: { userIds, kind, texts: written } }) => {
    const request = { id: uuidv7(ctx.now), actorId: ctx.actor.userId, userIds, kind, written }
    const recipients = await requestNotifications(ctx.db, request, new Date(ctx.now))
    return created({ id: request.id, recipients })
  },
)

import { registerDevice } from '#db/queries/notifications/devices.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { PushToken } from './contract.ts'

export const registerPushToken = operation(
  {
    id: 'registerPushToken',
    method: 'post',
    path: '/notifications/fcm-token',
    tag: 'Notifications',
    summary:
      'Have pushes sent to this device, until it signs out; again with a new token it replaces the old one',
    access: 'user',
    limit: 'write',
    body: PushToken,
    replies: { 204: null },
    errors: ['session_revoked'],
  },
  async (ctx, { body }) => {
    const { userId, sessionId } = ctx.actor
    const device = { id: uuidv7(ctx.now), userId, sessionId, pushToken: body.token, platform: body.platform }
    if (!(await registerDevice(ctx.db, device, new Date(ctx.now)))) throw new Problem('session_revoked')
    return noContent()
  },
)

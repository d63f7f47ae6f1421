import { forgetDevices } from '#db/queries/notifications/devices.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'

export const removePushToken = operation(
  {
    id: 'removePushToken',
    method: 'delete',
    path: '/notifications/fcm-token',
    tag: 'Notifications',
    summary: 'Have no more pushes sent to this device',
    access: 'user',
    limit: 'write',
    replies: { 204: null },
    errors: [],
  },
  async (ctx) => {
    await forgetDevices(ctx.db, [ctx.actor.sessionId])
    return noContent()
  },
)

import { loadPreferences } from '#db/queries/notifications/preferences.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Preferences } from './contract.ts'
import { presentPreferences } from './preferences.ts'

export const getNotificationPreferences = operation(
  {
    id: 'getNotificationPreferences',
    method: 'get',
    path: '/notifications/preferences',
    tag: 'Notifications',
    summary: 'What I am notified of and how, as far as I can choose, and when no push rings',
    access: 'user',
    limit: 'read',
    replies: { 200: Preferences },
    errors: ['not_found'],
  },
  async (ctx) => {
    const preferences = await loadPreferences(ctx.db, ctx.actor.userId)
    if (!preferences) throw new Problem('not_found')
    return ok(presentPreferences(preferences))
  },
)

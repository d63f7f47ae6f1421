import { savePreferences } from '#db/queries/notifications/preferences.ts'
import { Problem } from '#packages/errors/problem.ts'
import { isChoice } from '#packages/notifications/kinds.ts'
import { minutesOfTime } from '#packages/notifications/quiet-hours.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Preferences, PreferencesChange } from './contract.ts'
import { presentPreferences } from './preferences.ts'

export const saveNotificationPreferences = operation(
  {
    id: 'saveNotificationPreferences',
    method: 'put',
    path: '/notifications/preferences',
    tag: 'Notifications',
    summary: 'Choose what I am notified of and how, and my quiet hours; what is left out stays',
    access: 'user',
    limit: 'write',
    body: PreferencesChange,
    replies: { 200: Preferences },
    errors: ['not_found', 'notification_not_optional'],
  },
  async (ctx, { body: { quietHours: quiet, choices } }) => {
    if (!choices.every(({ kind, channel }) => isChoice(kind, channel)))
      throw new Problem('notification_not_optional')
    const quietHours = quiet && { from: minutesOfTime(quiet.from), to: minutesOfTime(quiet.to) }
    const saved = await savePreferences(ctx.db, ctx.actor.userId, { quietHours, choices }, new Date(ctx.now))
    if (!saved) throw new Problem('not_found')
    return ok(presentPreferences(saved))
  },
)

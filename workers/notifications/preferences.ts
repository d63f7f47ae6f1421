import type { z } from '@hono/zod-openapi'
import type { PreferencesRow } from '#db/queries/notifications/preferences.ts'
import { channels, isChoice, kindNames, kindOf } from '#packages/notifications/kinds.ts'
import { timeOfMinutes } from '#packages/notifications/quiet-hours.ts'
import type { Preferences } from './contract.ts'

/** Everything that can be chosen, as this person has it. */
export function presentPreferences({
  quietFrom,
  quietTo,
  choices,
}: PreferencesRow): z.input<typeof Preferences> {
  return {
    quietHours:
      quietFrom === null || quietTo === null
        ? null
        : { from: timeOfMinutes(quietFrom), to: timeOfMinutes(quietTo) },
    choices: kindNames.flatMap((kind) =>
      channels
        .filter((channel) => isChoice(kind, channel))
        .map((channel) => {
          const own = choices.find((each) => each.kind === kind && each.channel === channel)
          return { kind, channel, wanted: own?.wanted ?? kindOf(kind).use[channel] === 'on' }
        }),
    ),
  }
}

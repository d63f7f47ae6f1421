import { z } from '@hono/zod-openapi'
import type { NotificationRow } from '#db/queries/notifications/notification-view.ts'
import { DEVICE_PLATFORMS } from '#db/schema/index.ts'
import { channels, kindNames } from '#packages/notifications/kinds.ts'
import { presentNotification } from '#packages/notifications/present-notification.ts'
import { MAX_RECIPIENTS, REQUEST_KINDS } from '#packages/notifications/request.ts'
import { DEFAULT_LANGUAGE, LANGUAGES } from '#packages/sms/languages.ts'
import { areDistinct, Id, Instant, line, orNull, paragraphs, TimeOfDay } from '../http/shapes.ts'

const MAX_TITLE_LENGTH = 80
const MAX_BODY_LENGTH = 400
/** FCM's tokens have some two hundred characters, and no promise is made about it. */
const MAX_TOKEN_LENGTH = 1000

export const Notification = z
  .object({
    id: Id,
    kind: z.enum(kindNames),
    title: z.string(),
    body: z.string(),
    data: z.record(z.string(), z.string()).openapi({
      description: 'Ids of what it is about, to open it; `thread` is the same for all that belong together',
    }),
    createdAt: Instant,
    readAt: Instant.nullable(),
  })
  .openapi('Notification')

export const present = (row: NotificationRow): z.input<typeof Notification> => ({
  ...presentNotification(row),
  readAt: row.readAt?.toISOString() ?? null,
})

export const PushToken = z
  .strictObject({
    token: z.string().regex(new RegExp(`^[!-~]{1,${MAX_TOKEN_LENGTH}}$`), 'Printable ASCII without spaces'),
    platform: z.enum(DEVICE_PLATFORMS),
  })
  .openapi('PushToken')

const Words = z.strictObject({ title: line(MAX_TITLE_LENGTH), body: paragraphs(MAX_BODY_LENGTH) })
const words = { ...Object.fromEntries(LANGUAGES.map((language) => [language, Words.optional()])) }

export const NewNotifications = z
  .strictObject({
    userIds: z.array(Id).min(1).max(MAX_RECIPIENTS).refine(areDistinct, 'Somebody stands there twice'),
    kind: z.enum(REQUEST_KINDS).default('announcement').openapi({
      description: 'An offer only reaches who asked for offers',
    }),
    texts: z.strictObject({ ...words, [DEFAULT_LANGUAGE]: Words }).openapi({
      description: 'By language; English is for everybody who reads none of the others',
    }),
  })
  .openapi('NewNotifications')

const QuietHours = z
  .strictObject({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'The same as the beginning' })
  .openapi('QuietHours', { description: 'In Indian time; they may go past midnight' })

export const Preferences = z
  .object({
    quietHours: orNull(QuietHours),
    choices: z.array(
      z.object({
        kind: z.enum(kindNames),
        channel: z.enum(channels),
        wanted: z.boolean(),
      }),
    ),
  })
  .openapi('NotificationPreferences', { description: 'What can be chosen; what is not named always comes' })

export const PreferencesChange = z
  .strictObject({
    quietHours: orNull(QuietHours).optional(),
    choices: z
      .array(z.strictObject({ kind: z.enum(kindNames), channel: z.enum(channels), wanted: z.boolean() }))
      .max(kindNames.length * channels.length)
      .refine(
        (choices) => areDistinct(choices.map(({ kind, channel }) => `${kind} ${channel}`)),
        'Chosen twice',
      )
      .default([]),
  })
  .openapi('NotificationPreferencesChange')

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant, oneOf } from './columns.ts'
import { sessions, users } from './users.ts'

export const DEVICE_PLATFORMS = ['android', 'ios', 'web'] as const
/** `hub`: the person's open apps · `push`: one device · `sms`: the person's phone. */
export const CHANNELS = ['hub', 'push', 'sms'] as const
/** `late`: it no longer mattered · `refused`: it can never arrive there · `parked`: failed too often, for an operator. */
export const DELIVERY_STATES = ['due', 'sent', 'late', 'refused', 'parked'] as const

/** What a person was told, in the app. `data` holds ids; the text is made for the reader's language. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The event it tells of: told twice it is shown once. */
    eventId: uuid('event_id').notNull(),
    kind: text('kind').notNull(),
    data: jsonb('data').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('notifications_event_key').on(t.userId, t.eventId, t.kind),
    index('notifications_user_idx').on(t.userId, t.id).where(sql`${t.deletedAt} is null`),
    index('notifications_unread_idx').on(t.userId).where(sql`${t.readAt} is null and ${t.deletedAt} is null`),
    index('notifications_age_idx').on(t.createdAt),
  ],
)

/** Where a person gets pushes. A token belongs to one device: it moves with a new sign-in and goes with the session. */
export const devices = pgTable(
  'devices',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    pushToken: text('push_token').notNull(),
    platform: text('platform', { enum: DEVICE_PLATFORMS }).notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('devices_push_token_key').on(t.pushToken),
    uniqueIndex('devices_session_key').on(t.sessionId),
    index('devices_user_idx').on(t.userId),
    check('devices_platform_check', oneOf(t.platform, DEVICE_PLATFORMS)),
  ],
)

/** A person's choice for a kind of notification and a channel; without one the kind's default holds. */
export const notificationPreferences = pgTable(
  'notification_preferences',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    wanted: boolean('wanted').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.kind, t.channel] }),
    check('notification_preferences_channel_check', oneOf(t.channel, CHANNELS)),
  ],
)

/** A notification on its way over one channel. `target` is the device, or the person where the channel has only one. */
export const deliveries = pgTable(
  'deliveries',
  {
    notificationId: uuid('notification_id')
      .notNull()
      .references(() => notifications.id, { onDelete: 'cascade' }),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    target: uuid('target').notNull(),
    state: text('state', { enum: DELIVERY_STATES }).notNull(),
    attempts: smallint('attempts').notNull().default(0),
    /** When it is tried next. */
    nextAt: instant('next_at').notNull(),
    /** From then on it no longer matters. */
    lateAt: instant('late_at').notNull(),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
  },
  (t) => [
    primaryKey({ columns: [t.notificationId, t.channel, t.target] }),
    index('deliveries_due_idx').on(t.nextAt).where(sql`${t.state} = 'due'`),
    index('deliveries_parked_idx').on(t.notificationId).where(sql`${t.state} = 'parked'`),
    check('deliveries_channel_check', oneOf(t.channel, CHANNELS)),
    check('deliveries_state_check', oneOf(t.state, DELIVERY_STATES)),
  ],
)

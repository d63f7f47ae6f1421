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
import { LANGUAGES } from '#packages/sms/languages.ts'
import { instant, oneOf } from './columns.ts'

export const REVOCATION_REASONS = ['logout', 'reuse', 'ban', 'deletion'] as const
export const GENDERS = ['female', 'male', 'other'] as const

/** By which ways a person wants to hear of things, beside what must arrive. */
export interface NotificationChoices {
  push: boolean
  sms: boolean
  /** Offers and news; off unless asked for. */
  offers: boolean
}

/** A person. The phone is the account; a deleted account keeps its row, without the person in it. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    phone: text('phone'),
    name: text('name'),
    email: text('email'),
    language: text('language', { enum: LANGUAGES }).notNull().default('en'),
    gender: text('gender', { enum: GENDERS }),
    notificationChoices: jsonb('notification_choices')
      .$type<NotificationChoices>()
      .notNull()
      .default({ push: true, sms: true, offers: false }),
    /** Whether those who write with the person see when they are there. */
    showsPresence: boolean('shows_presence').notNull().default(true),
    /** Minutes after midnight in India between which no push rings; null: none. It may go past midnight. */
    quietFrom: smallint('quiet_from'),
    quietTo: smallint('quiet_to'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    bannedAt: instant('banned_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('users_phone_key').on(t.phone),
    uniqueIndex('users_email_key').on(sql`lower(${t.email})`),
    check('users_language_check', oneOf(t.language, LANGUAGES)),
    check(
      'users_quiet_check',
      sql`(${t.quietFrom} is null) = (${t.quietTo} is null) and ${t.quietFrom} between 0 and 1439
        and ${t.quietTo} between 0 and 1439`,
    ),
    check('users_gender_check', oneOf(t.gender, GENDERS)),
    check('users_phone_e164', sql`${t.phone} ~ '^\\+[1-9][0-9]{6,14}$'`),
    check('users_phone_unless_deleted', sql`${t.phone} is not null or ${t.deletedAt} is not null`),
  ],
)

/** One sign-in on one device; it lives as long as its refresh tokens are rotated. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    deviceName: text('device_name'),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedReason: text('revoked_reason', { enum: REVOCATION_REASONS }),
  },
  (t) => [
    check('sessions_reason_check', oneOf(t.revokedReason, REVOCATION_REASONS)),
    index('sessions_user_idx').on(t.userId).where(sql`${t.revokedAt} is null`),
  ],
)

/** Whom an SOS tells, beside operations. `place` keeps the person's own order. */
export const trustedContacts = pgTable(
  'trusted_contacts',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    place: smallint('place').notNull(),
    name: text('name').notNull(),
    phone: text('phone').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.place] }),
    uniqueIndex('trusted_contacts_phone_key').on(t.userId, t.phone),
    check('trusted_contacts_place_check', sql`${t.place} between 1 and 5`),
  ],
)

/** Only the SHA-256 of a token is kept. A used token stays until its session ends, so that reuse is noticed. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: text('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    issuedAt: instant('issued_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('refresh_tokens_session_idx').on(t.sessionId)],
)

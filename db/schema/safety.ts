import { sql } from 'drizzle-orm'
import {
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sosStates } from '#packages/sos/transition.ts'
import { instant, oneOf } from './columns.ts'
import { rides } from './rides.ts'
import { users } from './users.ts'

/** A call for help. It has its own life: it outlives the ride on which it was raised. */
export const sosAlerts = pgTable(
  'sos_alerts',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    rideId: uuid('ride_id').references(() => rides.id),
    state: text('state', { enum: sosStates }).notNull(),
    note: text('note'),
    lat: doublePrecision('lat'),
    lng: doublePrecision('lng'),
    /** When the position was last reported. */
    locatedAt: instant('located_at'),
    raisedAt: instant('raised_at').notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by').references(() => users.id),
    resolvedAt: instant('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
    resolution: text('resolution'),
  },
  (t) => [
    uniqueIndex('sos_alerts_one_open').on(t.userId).where(sql`${t.state} <> 'resolved'`),
    index('sos_alerts_open_idx').on(t.id).where(sql`${t.state} <> 'resolved'`),
    index('sos_alerts_ride_idx').on(t.rideId),
    index('sos_alerts_user_idx').on(t.userId, t.id),
    index('sos_alerts_resolved_idx').on(t.resolvedAt).where(sql`${t.resolvedAt} is not null`),
    check('sos_alerts_state_check', oneOf(t.state, sosStates)),
    check('sos_alerts_resolved_check', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    check('sos_alerts_position_check', sql`(${t.lat} is null) = (${t.lng} is null)`),
  ],
)

/** What an alert went through, in order: who was told, who answered. */
export const sosEvents = pgTable(
  'sos_events',
  {
    alertId: uuid('alert_id')
      .notNull()
      .references(() => sosAlerts.id, { onDelete: 'cascade' }),
    step: smallint('step').notNull(),
    kind: text('kind').notNull(),
    /** Null where the system did it. */
    actorId: uuid('actor_id'),
    details: jsonb('details').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.alertId, t.step] })],
)

/** A link on which anybody who has it may follow a ride. Only the SHA-256 of its token is kept. */
export const shareLinks = pgTable(
  'share_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    id: uuid('id').notNull(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('share_links_id_key').on(t.id),
    index('share_links_ride_idx').on(t.rideId, t.createdBy),
    index('share_links_expiry_idx').on(t.expiresAt),
    check('share_links_expiry_check', sql`${t.expiresAt} > ${t.createdAt}`),
  ],
)

/** How a ride was driven: a thinned line (Google's encoding, precision 5) and the seconds after the start at its points. */
export const rideTraces = pgTable(
  'ride_traces',
  {
    rideId: uuid('ride_id')
      .primaryKey()
      .references(() => rides.id),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at').notNull(),
    polyline: text('polyline').notNull(),
    seconds: integer('seconds').array().notNull(),
    metres: integer('metres').notNull(),
    storedAt: instant('stored_at').notNull(),
  },
  (t) => [
    index('ride_traces_stored_idx').on(t.storedAt),
    check('ride_traces_times_check', sql`${t.endedAt} >= ${t.startedAt} and ${t.metres} >= 0`),
  ],
)

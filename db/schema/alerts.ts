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
  uuid,
} from 'drizzle-orm/pg-core'
import { geography, instant } from './columns.ts'
import { rides } from './rides.ts'
import { users } from './users.ts'

/** A search that a person wants to hear about when a ride turns up for it. */
export const savedSearches = pgTable(
  'saved_searches',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    pickupLat: doublePrecision('pickup_lat').notNull(),
    pickupLng: doublePrecision('pickup_lng').notNull(),
    pickupName: text('pickup_name').notNull(),
    dropoffLat: doublePrecision('dropoff_lat').notNull(),
    dropoffLng: doublePrecision('dropoff_lng').notNull(),
    dropoffName: text('dropoff_name').notNull(),
    /** For the index alone: rides look for the searches near their path. */
    pickup: geography('pickup').notNull(),
    radiusMetres: integer('radius_metres').notNull(),
    /** When the person wants to get in. */
    earliest: instant('earliest').notNull(),
    latest: instant('latest').notNull(),
    seats: smallint('seats').notNull(),
    filters: jsonb('filters').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When the rides that were there already had been looked through; null until then. */
    matchedAt: instant('matched_at'),
  },
  (t) => [
    index('saved_searches_user_idx').on(t.userId, t.id),
    index('saved_searches_pickup_idx').using('gist', t.pickup),
    index('saved_searches_latest_idx').on(t.latest),
    index('saved_searches_unmatched_idx').on(t.id).where(sql`${t.matchedAt} is null`),
    check('saved_searches_pickup_is_point', sql`GeometryType(${t.pickup}::geometry) = 'POINT'`),
    check('saved_searches_window', sql`${t.earliest} <= ${t.latest}`),
    check('saved_searches_seats_check', sql`${t.seats} between 1 and 8`),
    check('saved_searches_radius_check', sql`${t.radiusMetres} between 1 and 25000`),
  ],
)

/** A ride that turned up for a saved search: both sides are told once. */
export const alerts = pgTable(
  'alerts',
  {
    savedSearchId: uuid('saved_search_id')
      .notNull()
      .references(() => savedSearches.id, { onDelete: 'cascade' }),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.savedSearchId, t.rideId] }), index('alerts_ride_idx').on(t.rideId)],
)

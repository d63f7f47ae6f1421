/** The table the tests share, as SQL and as drizzle sees it. */
import { bigint, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const probeRides = pgTable('probe_rides', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  fare: bigint('fare', { mode: 'bigint' }),
  tags: text('tags').array(),
  extra: jsonb('extra'),
  at: timestamp('at', { withTimezone: true }),
})

export const CREATE_RIDES = [
  'CREATE EXTENSION IF NOT EXISTS postgis',
  'CREATE EXTENSION IF NOT EXISTS btree_gist',
  'CREATE EXTENSION IF NOT EXISTS pg_trgm',
  'DROP TABLE IF EXISTS probe_rides',
  `CREATE TABLE probe_rides (id int PRIMARY KEY, name text NOT NULL CONSTRAINT named CHECK (name <> ''),
    fare bigint, tags text[], extra jsonb, at timestamptz)`,
]

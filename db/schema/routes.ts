import { sql } from 'drizzle-orm'
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { geography, instant, oneOf } from './columns.ts'
import { drivers, vehicles } from './drivers.ts'

export const BOOKING_MODES = ['instant', 'approval'] as const
export const PATH_SOURCES = ['great_circle', 'google_routes'] as const

/**
 * A driver's published path with price and seats. The path is kept twice on purpose: as `geography` for the index
 * that finds candidates, and as polyline with cumulative metres and seconds for the exact match in the kernel.
 */
export const routes = pgTable(
  'routes',
  {
    id: uuid('id').primaryKey(),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    vehicleId: uuid('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    seats: smallint('seats').notNull(),
    pricePerSeat: integer('price_per_seat').notNull(),
    currency: text('currency').notNull().default('INR'),
    bookingMode: text('booking_mode', { enum: BOOKING_MODES }).notNull(),
    notes: text('notes'),
    path: geography('path').notNull(),
    pathSource: text('path_source', { enum: PATH_SOURCES }).notNull(),
    polyline: text('polyline').notNull(),
    vertexMetres: integer('vertex_metres').array().notNull(),
    vertexSeconds: integer('vertex_seconds').array().notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    index('routes_path_idx').using('gist', t.path).where(sql`${t.archivedAt} is null`),
    index('routes_driver_idx').on(t.driverId, t.id),
    check('routes_booking_mode_check', oneOf(t.bookingMode, BOOKING_MODES)),
    check('routes_path_source_check', oneOf(t.pathSource, PATH_SOURCES)),
    check('routes_seats_check', sql`${t.seats} between 1 and 50`),
    check('routes_currency_check', sql`${t.currency} = 'INR'`),
    check('routes_price_check', sql`${t.pricePerSeat} >= 0`),
    check('routes_path_is_line', sql`GeometryType(${t.path}::geometry) = 'LINESTRING'`),
    check(
      'routes_vertices_match',
      sql`cardinality(${t.vertexMetres}) = ST_NPoints(${t.path}::geometry) and cardinality(${t.vertexSeconds}) = ST_NPoints(${t.path}::geometry)`,
    ),
  ],
)

/** Where the route stops, in order; `vertex` is the stop's place on the path. */
export const routeStops = pgTable(
  'route_stops',
  {
    routeId: uuid('route_id')
      .notNull()
      .references(() => routes.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
    name: text('name').notNull(),
    lat: doublePrecision('lat').notNull(),
    lng: doublePrecision('lng').notNull(),
    vertex: integer('vertex').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.routeId, t.position] }),
    check('route_stops_bounds', sql`${t.lat} between -90 and 90 and ${t.lng} between -180 and 180`),
  ],
)

import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  uuid,
} from 'drizzle-orm/pg-core'
import { ROAD_SOURCES } from '#packages/routes/roads-port.ts'
import { allOf, geography, instant, oneOf } from './columns.ts'
import { drivers, VEHICLE_FEATURES, vehicles } from './drivers.ts'

export const BOOKING_MODES = ['instant', 'approval'] as const
/** What each passenger may bring. */
export const LUGGAGE = ['none', 'small', 'medium', 'large'] as const

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
    /** Whether passengers may pay the driver in the car instead of online. */
    cashAccepted: boolean('cash_accepted').notNull().default(true),
    luggage: text('luggage', { enum: LUGGAGE }).notNull().default('medium'),
    womenOnly: boolean('women_only').notNull().default(false),
    /** How many seconds the driver goes out of the way for all pickups together. */
    detourSeconds: integer('detour_seconds').notNull().default(0),
    amenities: text('amenities', { enum: VEHICLE_FEATURES }).array().notNull().default([]),
    /** The route that this one is the way back of. */
    returnOf: uuid('return_of').references((): AnyPgColumn => routes.id),
    path: geography('path').notNull(),
    pathSource: text('path_source', { enum: ROAD_SOURCES }).notNull(),
    polyline: text('polyline').notNull(),
    vertexMetres: integer('vertex_metres').array().notNull(),
    vertexSeconds: integer('vertex_seconds').array().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
    archivedAt: instant('archived_at'),
  },
  (t) => [
    index('routes_path_idx').using('gist', t.path).where(sql`${t.archivedAt} is null`),
    index('routes_driver_idx').on(t.driverId, t.id),
    index('routes_return_idx').on(t.returnOf),
    check('routes_luggage_check', oneOf(t.luggage, LUGGAGE)),
    check('routes_amenities_check', allOf(t.amenities, VEHICLE_FEATURES)),
    check('routes_detour_check', sql`${t.detourSeconds} between 0 and 3600`),
    check('routes_booking_mode_check', oneOf(t.bookingMode, BOOKING_MODES)),
    check('routes_path_source_check', oneOf(t.pathSource, ROAD_SOURCES)),
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

/** The weekly pattern of a route; its rides are made some weeks ahead. Days and times are India's. */
export const routeSchedules = pgTable(
  'route_schedules',
  {
    routeId: uuid('route_id')
      .primaryKey()
      .references(() => routes.id, { onDelete: 'cascade' }),
    /** 1 Monday to 7 Sunday (ISO 8601). */
    weekdays: smallint('weekdays').array().notNull(),
    departs: time('departs').notNull(),
    validFrom: date('valid_from').notNull(),
    validUntil: date('valid_until'),
    /** Up to and with this day the rides exist. */
    madeUntil: date('made_until'),
  },
  (t) => [
    index('route_schedules_due_idx').on(t.madeUntil),
    check(
      'route_schedules_weekdays_check',
      sql`${t.weekdays} <@ array[1,2,3,4,5,6,7]::smallint[] and cardinality(${t.weekdays}) between 1 and 7`,
    ),
    check('route_schedules_validity_check', sql`${t.validUntil} is null or ${t.validUntil} >= ${t.validFrom}`),
  ],
)

/** A day on which the pattern does not hold: another time, or no ride where `departs` is null. */
export const scheduleExceptions = pgTable(
  'schedule_exceptions',
  {
    routeId: uuid('route_id')
      .notNull()
      .references(() => routeSchedules.routeId, { onDelete: 'cascade' }),
    day: date('day').notNull(),
    departs: time('departs'),
  },
  (t) => [primaryKey({ columns: [t.routeId, t.day] })],
)

/** How often people want to get from one place to another; places are rounded to a tenth of a degree. */
export const popularTrips = pgTable(
  'popular_trips',
  {
    fromCell: text('from_cell').notNull(),
    toCell: text('to_cell').notNull(),
    /** The Monday of the week that is counted. */
    week: date('week').notNull(),
    searches: integer('searches').notNull().default(0),
    bookings: integer('bookings').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.week, t.fromCell, t.toCell] })],
)

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
import type { Seat } from '#packages/seat-maps/seat-map.ts'
import { allOf, instant, oneOf } from './columns.ts'
import { users } from './users.ts'

export const FUELS = ['petrol', 'diesel', 'cng', 'electric', 'hybrid'] as const
export const VEHICLE_KINDS = ['hatchback', 'sedan', 'suv', 'van', 'auto_rickshaw', 'motorcycle'] as const
export const VEHICLE_FEATURES = [
  'air_conditioning',
  'boot_space',
  'child_seat',
  'music',
  'pets_allowed',
  'phone_charger',
  'wheelchair_access',
] as const

/** A person who drives. That this row exists is what makes the role. */
export const drivers = pgTable('drivers', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id),
  bio: text('bio'),
  online: boolean('online').notNull().default(false),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

/** A driver's car. `seats` counts those for passengers. */
export const vehicles = pgTable(
  'vehicles',
  {
    id: uuid('id').primaryKey(),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    make: text('make').notNull(),
    model: text('model').notNull(),
    year: smallint('year').notNull(),
    plate: text('plate').notNull(),
    colour: text('colour').notNull(),
    kind: text('kind', { enum: VEHICLE_KINDS }).notNull().default('sedan'),
    fuel: text('fuel', { enum: FUELS }).notNull(),
    features: text('features', { enum: VEHICLE_FEATURES }).array().notNull().default([]),
    seats: smallint('seats').notNull(),
    /** The newest seat map; where there is one, `seats` is its capacity. */
    seatMapVersion: smallint('seat_map_version'),
    active: boolean('active').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('vehicles_plate_key').on(t.plate).where(sql`${t.deletedAt} is null`),
    uniqueIndex('vehicles_one_active').on(t.driverId).where(sql`${t.active} and ${t.deletedAt} is null`),
    index('vehicles_driver_idx').on(t.driverId),
    check('vehicles_kind_check', oneOf(t.kind, VEHICLE_KINDS)),
    check('vehicles_features_check', allOf(t.features, VEHICLE_FEATURES)),
    check('vehicles_fuel_check', oneOf(t.fuel, FUELS)),
    check('vehicles_seats_check', sql`${t.seats} between 1 and 50`),
  ],
)

/** How a vehicle's seats are arranged. A version never changes, since rides refer to it: a change is a new version. */
export const seatMaps = pgTable(
  'seat_maps',
  {
    vehicleId: uuid('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    version: smallint('version').notNull(),
    rows: smallint('rows').notNull(),
    columns: smallint('columns').notNull(),
    seats: jsonb('seats').$type<readonly Seat[]>().notNull(),
    /** How many of them are for passengers. */
    capacity: smallint('capacity').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.vehicleId, t.version] }),
    check('seat_maps_capacity_check', sql`${t.capacity} between 1 and 50`),
  ],
)

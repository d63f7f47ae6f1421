import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { rideStates } from '#packages/ride/transition.ts'
import { instant, oneOf } from './columns.ts'
import { drivers, seatMaps, vehicles } from './drivers.ts'
import { routes } from './routes.ts'

/** What a driver can change of a ride that has passengers. */
export const RIDE_CHANGES = ['departure', 'vehicle', 'notes', 'luggage', 'seats'] as const

/**
 * One dated run of a route. The constraint `rides_driver_overlap` (see migrations) keeps a driver from being in two
 * active rides at once.
 */
export const rides = pgTable(
  'rides',
  {
    id: uuid('id').primaryKey(),
    routeId: uuid('route_id')
      .notNull()
      .references(() => routes.id),
    driverId: uuid('driver_id')
      .notNull()
      .references(() => drivers.userId),
    vehicleId: uuid('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    /** The seat map that was the vehicle's newest when the ride was made; null where it had none. */
    seatMapVersion: smallint('seat_map_version'),
    /** The day of the weekly pattern that it was made for; null for a single ride. */
    scheduleDay: date('schedule_day'),
    departsAt: instant('departs_at').notNull(),
    arrivesAt: instant('arrives_at').notNull(),
    status: text('status', { enum: rideStates }).notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull(),
    /** When saved searches had been looked through for it; null until then. */
    matchedAt: instant('matched_at'),
  },
  (t) => [
    index('rides_unmatched_idx').on(t.id).where(sql`${t.matchedAt} is null and ${t.status} = 'scheduled'`),
    foreignKey({
      name: 'rides_seat_map_fk',
      columns: [t.vehicleId, t.seatMapVersion],
      foreignColumns: [seatMaps.vehicleId, seatMaps.version],
    }),
    uniqueIndex('rides_schedule_day_key').on(t.routeId, t.scheduleDay),
    index('rides_vehicle_idx').on(t.vehicleId, t.departsAt),
    index('rides_route_idx').on(t.routeId, t.departsAt),
    index('rides_driver_idx').on(t.driverId, t.departsAt),
    check('rides_status_check', oneOf(t.status, rideStates)),
    check('rides_times_check', sql`${t.departsAt} < ${t.arrivesAt}`),
  ],
)

/** Seats between two consecutive stops. The check is the promise that no leg is ever oversold. */
export const rideLegs = pgTable(
  'ride_legs',
  {
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id, { onDelete: 'cascade' }),
    leg: smallint('leg').notNull(),
    capacity: smallint('capacity').notNull(),
    taken: smallint('taken').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.rideId, t.leg] }),
    check('ride_legs_taken_check', sql`${t.taken} between 0 and ${t.capacity}`),
  ],
)

/** What was changed under sold seats. After a material change passengers may leave free of charge. */
export const rideChanges = pgTable(
  'ride_changes',
  {
    id: uuid('id').primaryKey(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: RIDE_CHANGES }).notNull(),
    material: boolean('material').notNull(),
    /** What it was and what it is. */
    details: jsonb('details').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    index('ride_changes_ride_idx').on(t.rideId, t.at),
    check('ride_changes_kind_check', oneOf(t.kind, RIDE_CHANGES)),
  ],
)

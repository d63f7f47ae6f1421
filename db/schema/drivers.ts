import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, oneOf } from './columns.ts'
import { users } from './users.ts'

export const FUELS = ['petrol', 'diesel', 'cng', 'electric', 'hybrid'] as const

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
    fuel: text('fuel', { enum: FUELS }).notNull(),
    seats: smallint('seats').notNull(),
    active: boolean('active').notNull(),
    createdAt: instant('created_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('vehicles_plate_key').on(t.plate).where(sql`${t.deletedAt} is null`),
    uniqueIndex('vehicles_one_active').on(t.driverId).where(sql`${t.active} and ${t.deletedAt} is null`),
    index('vehicles_driver_idx').on(t.driverId),
    check('vehicles_fuel_check', oneOf(t.fuel, FUELS)),
    check('vehicles_seats_check', sql`${t.seats} between 1 and 50`),
  ],
)

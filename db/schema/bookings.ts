import { sql } from 'drizzle-orm'
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bookingStates } from '#packages/booking/states.ts'
import { instant, oneOf } from './columns.ts'
import { rides } from './rides.ts'
import { users } from './users.ts'

export const SIDES = ['passenger', 'driver'] as const

/** A passenger's seats on legs [legFrom, legTo) of a ride. `quoteId` makes a quote good for one booking. */
export const bookings = pgTable(
  'bookings',
  {
    id: uuid('id').primaryKey(),
    quoteId: uuid('quote_id').notNull(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    passengerId: uuid('passenger_id')
      .notNull()
      .references(() => users.id),
    seats: smallint('seats').notNull(),
    legFrom: smallint('leg_from').notNull(),
    legTo: smallint('leg_to').notNull(),
    state: text('state', { enum: bookingStates }).notNull(),
    pickupLat: doublePrecision('pickup_lat').notNull(),
    pickupLng: doublePrecision('pickup_lng').notNull(),
    pickupAt: instant('pickup_at').notNull(),
    dropoffLat: doublePrecision('dropoff_lat').notNull(),
    dropoffLng: doublePrecision('dropoff_lng').notNull(),
    dropoffAt: instant('dropoff_at').notNull(),
    fareAmount: integer('fare_amount').notNull(),
    currency: text('currency').notNull(),
    expiresAt: instant('expires_at'),
    /** When the driver said yes or no; null where nobody had to, or nobody did. */
    answeredAt: instant('answered_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    cancelledBy: text('cancelled_by', { enum: SIDES }),
  },
  (t) => [
    uniqueIndex('bookings_quote_key').on(t.quoteId),
    uniqueIndex('bookings_one_active')
      .on(t.rideId, t.passengerId)
      .where(sql`${t.state} in ('pending', 'confirmed', 'boarded')`),
    index('bookings_ride_idx').on(t.rideId),
    index('bookings_holds_idx').on(t.expiresAt).where(sql`${t.state} = 'pending'`),
    index('bookings_passenger_idx').on(t.passengerId, t.id),
    check('bookings_state_check', oneOf(t.state, bookingStates)),
    check('bookings_cancelled_by_check', oneOf(t.cancelledBy, SIDES)),
    check('bookings_legs_check', sql`${t.legFrom} >= 0 and ${t.legFrom} < ${t.legTo}`),
    check('bookings_seats_check', sql`${t.seats} between 1 and 8`),
    check('bookings_currency_check', sql`${t.currency} = 'INR'`),
    check('bookings_fare_check', sql`${t.fareAmount} >= 0`),
    check('bookings_pending_expires', sql`${t.state} <> 'pending' or ${t.expiresAt} is not null`),
  ],
)

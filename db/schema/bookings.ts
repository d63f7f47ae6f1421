import { sql } from 'drizzle-orm'
import {
  boolean,
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

import { bookingSides } from '#packages/booking/sides.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { payWays } from '#packages/payments/states.ts'
import { instant, legRange, oneOf } from './columns.ts'
import { rides } from './rides.ts'
import { users } from './users.ts'

/** What is given back to whom cancels when. Rows are only ever added (packages/refunds reads the rule). */
export const cancellationPolicies = pgTable('cancellation_policies', {
  version: smallint('version').primaryKey(),
  rule: jsonb('rule').notNull(),
  validFrom: instant('valid_from').notNull(),
})

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
    /** Which cancellation policy was in force when it was made; the rule of a booking never changes. */
    policyVersion: smallint('policy_version')
      .notNull()
      .default(1)
      .references(() => cancellationPolicies.version),
    fareAmount: integer('fare_amount').notNull(),
    /** What the platform takes for booking, its tax included; only of who pays online. */
    feeAmount: integer('fee_amount').notNull().default(0),
    payWith: text('pay_with', { enum: payWays }).notNull().default('cash'),
    /** On their legs its passenger rides only with people of their own gender, the driver among them. */
    sameGender: boolean('same_gender').notNull().default(false),
    currency: text('currency').notNull(),
    expiresAt: instant('expires_at'),
    /** When the driver said yes or no; null where nobody had to, or nobody did. */
    answeredAt: instant('answered_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    cancelledBy: text('cancelled_by', { enum: bookingSides }),
  },
  (t) => [
    uniqueIndex('bookings_quote_key').on(t.quoteId),
    uniqueIndex('bookings_one_active')
      .on(t.rideId, t.passengerId)
      .where(sql`${t.state} in ('offered', 'unpaid', 'pending', 'confirmed', 'boarded')`),
    index('bookings_ride_idx').on(t.rideId),
    index('bookings_holds_idx').on(t.expiresAt).where(sql`${t.state} in ('offered', 'unpaid', 'pending')`),
    index('bookings_passenger_idx').on(t.passengerId, t.id),
    check('bookings_state_check', oneOf(t.state, bookingStates)),
    check('bookings_cancelled_by_check', oneOf(t.cancelledBy, bookingSides)),
    check('bookings_legs_check', sql`${t.legFrom} >= 0 and ${t.legFrom} < ${t.legTo}`),
    check('bookings_seats_check', sql`${t.seats} between 1 and 8`),
    check('bookings_currency_check', sql`${t.currency} = 'INR'`),
    check('bookings_fare_check', sql`${t.fareAmount} >= 0`),
    check('bookings_pay_with_check', oneOf(t.payWith, payWays)),
    check('bookings_fee_check', sql`${t.feeAmount} >= 0 and (${t.payWith} = 'online' or ${t.feeAmount} = 0)`),
    check('bookings_unpaid_online', sql`${t.state} <> 'unpaid' or ${t.payWith} = 'online'`),
    check(
      'bookings_pending_expires',
      sql`${t.state} not in ('offered', 'unpaid', 'pending') or ${t.expiresAt} is not null`,
    ),
  ],
)

/**
 * The seats a booking sits on. The constraint `booking_seats_no_overlap` (see migrations) keeps two people from one seat
 * on one leg, as long as their bookings hold it.
 */
export const bookingSeats = pgTable(
  'booking_seats',
  {
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id, { onDelete: 'cascade' }),
    seat: text('seat').notNull(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    legs: legRange('legs').notNull(),
    holds: boolean('holds').notNull(),
  },
  (t) => [primaryKey({ columns: [t.bookingId, t.seat] })],
)

/** What a booking went through, in order. */
export const bookingTransitions = pgTable(
  'booking_transitions',
  {
    bookingId: uuid('booking_id')
      .notNull()
      .references(() => bookings.id, { onDelete: 'cascade' }),
    step: smallint('step').notNull(),
    state: text('state', { enum: bookingStates }).notNull(),
    /** Null where time did it. */
    actorId: uuid('actor_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.bookingId, t.step] }),
    check('booking_transitions_state_check', oneOf(t.state, bookingStates)),
  ],
)

export const WAITLIST_STATES = ['waiting', 'offered', 'booked', 'left', 'lapsed'] as const
export type WaitlistState = (typeof WAITLIST_STATES)[number]

/** Who waits for seats of a full ride. An offer is a booking that holds them for a while. */
export const waitlistEntries = pgTable(
  'waitlist_entries',
  {
    id: uuid('id').primaryKey(),
    rideId: uuid('ride_id')
      .notNull()
      .references(() => rides.id),
    passengerId: uuid('passenger_id')
      .notNull()
      .references(() => users.id),
    /** The quote that was brought along: seats, legs, places, times and fare of the booking it would become. */
    offer: jsonb('offer').notNull(),
    seats: smallint('seats').notNull(),
    legFrom: smallint('leg_from').notNull(),
    legTo: smallint('leg_to').notNull(),
    state: text('state', { enum: WAITLIST_STATES }).notNull(),
    bookingId: uuid('booking_id').references(() => bookings.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('waitlist_entries_one_open')
      .on(t.rideId, t.passengerId)
      .where(sql`${t.state} in ('waiting', 'offered')`),
    index('waitlist_entries_ride_idx').on(t.rideId, t.id).where(sql`${t.state} = 'waiting'`),
    index('waitlist_entries_passenger_idx').on(t.passengerId, t.id),
    check('waitlist_entries_state_check', oneOf(t.state, WAITLIST_STATES)),
    check('waitlist_entries_legs_check', sql`${t.legFrom} >= 0 and ${t.legFrom} < ${t.legTo}`),
  ],
)

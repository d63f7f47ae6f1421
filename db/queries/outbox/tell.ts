import { type SQL, sql } from 'drizzle-orm'
import { activeStates } from '#packages/booking/states.ts'

/** What an outbox row holds; columns of the rows that it is written for. */
interface News {
  topic: string
  /** The id of what it is about. */
  subject: SQL
  /** JSON. */
  payload: SQL
}

/**
 * A CTE body that writes an outbox row for each row of `source`, the name of a CTE or what follows `from`, to be used in the
 * statement that changes them: what commits is told, what does not is not.
 */
export function tell(source: string | SQL, { topic, subject, payload }: News, now: Date): SQL {
  return sql`insert into outbox (topic, subject, payload, created_at, available_at)
    select ${topic}, ${subject}, ${payload}, ${now}::timestamptz, ${now}::timestamptz
    from ${typeof source === 'string' ? sql.raw(source) : source}`
}

/**
 * As `tell`, for the bookings in `source` (rows of `bookings`) before their transition is seen. Of one that is, or ends, unpaid
 * the driver hears nothing.
 */
export function tellBookings(source: string, topic: 'booking.new' | 'booking.updated', now: Date): SQL {
  const former = sql`(select state from booking_transitions where booking_id = id order by step desc limit 1)`
  const unheard =
    topic === 'booking.new'
      ? sql`state = 'unpaid'`
      : sql`(state = 'unpaid' or ${former} is not distinct from 'unpaid')`
  const payload = sql`jsonb_build_object('bookingId', id, 'passengerId', passenger_id, 'state', state)
    || case when ${unheard} then '{"toDriver": false}' else '{}' end::jsonb`
  return tell(source, { topic, subject: sql`ride_id`, payload }, now)
}

/** As `tell`, for the rows of `rides` in `source`. */
export function tellRides(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('status', status)`
  return tell(source, { topic: 'ride.updated', subject: sql`id`, payload }, now)
}

/** As `tell`, for documents in `source` (rows of `documents`) of which their driver is to hear. */
export function tellDocuments(
  source: string | SQL,
  topic: 'document.expiring' | 'document.rejected',
  now: Date,
): SQL {
  const payload = sql`jsonb_build_object('documentId', id)`
  return tell(source, { topic, subject: sql`driver_id`, payload }, now)
}

/**
 * As `tell`, for sessions in `source` (rows of `sessions`) that were signed out: their person's hub and every ride
 * that the person may be following hear of it and close the sockets of the session.
 */
export function tellSignedOut(source: string, now: Date): SQL {
  return sql`insert into outbox (topic, subject, payload, created_at, available_at)
    select 'session.revoked', ride.id, jsonb_build_object('sessionId', session.id), ${now}::timestamptz, ${now}::timestamptz
    from ${sql.raw(source)} session
    join lateral (
      select id from rides where driver_id = session.user_id and status in ('scheduled', 'started')
      union
      select rides.id from bookings join rides on rides.id = bookings.ride_id
      where bookings.passenger_id = session.user_id and bookings.state in ${activeStates}
        and rides.status in ('scheduled', 'started')
    ) ride on true
    union all
    select 'user.session_revoked', session.user_id, jsonb_build_object('sessionId', session.id),
      ${now}::timestamptz, ${now}::timestamptz
    from ${sql.raw(source)} session`
}

/**
 * As `tell`, for people in `source` (rows with their `id`) who want to be seen no longer: by one person, an
 * expression of the rows, or by anybody.
 */
export function tellHidden(source: string, from: 'all' | SQL, now: Date): SQL {
  const whom = from === 'all' ? sql`'{}'::jsonb` : sql`jsonb_build_object('from', ${from})`
  return tell(source, { topic: 'user.hidden', subject: sql`id`, payload: whom }, now)
}

/** As `tell`, for links (`ride_id`, `link_id`) in `source` that are good no more: the room of the ride shows their viewers out. */
export function tellRevoked(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('linkId', link_id)`
  return tell(source, { topic: 'share.revoked', subject: sql`ride_id`, payload }, now)
}

/** As `tell`, for reviews in `source` (rows of `reviews`) that can be read from now on: it is told to whom they are about. */
export function tellVisible(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('reviewId', id, 'bookingId', booking_id, 'authorId', author_id)`
  return tell(source, { topic: 'review.visible', subject: sql`subject_id`, payload }, now)
}

/** As `tell`, for people in `source` (rows with their `id`) whose account is gone. */
export function tellDeleted(source: string, now: Date): SQL {
  return tell(source, { topic: 'user.deleted', subject: sql`id`, payload: sql`'{}'::jsonb` }, now)
}

/** Whose booking the row is about. */
const passenger = sql`(select passenger_id from bookings where bookings.id = booking_id)`

/** As `tell`, for payments in `source` (rows of `payments`) that came in: their passenger is told. */
export function tellMoneyCaptured(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('paymentId', id, 'bookingId', booking_id, 'amount', amount, 'surplus', surplus)`
  return tell(source, { topic: 'payment.captured', subject: passenger, payload }, now)
}

/** As `tell`, for refunds in `source` (rows of `refunds`) that are asked for or came to another state: their passenger is told. */
export function tellMoneyRefund(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('refundId', id, 'bookingId', booking_id, 'amount', amount, 'state', state)`
  return tell(source, { topic: 'refund.updated', subject: passenger, payload }, now)
}

/**
 * As `tell`, for payouts in `source` (rows of `payouts`) that are asked for, approved, or came to another state: their driver
 * is told, and the finance staff where it waits for them.
 */
export function tellMoneyPayout(source: string, now: Date): SQL {
  const payload = sql`jsonb_build_object('payoutId', id, 'amount', amount, 'state', state, 'rail', rail)`
  return tell(source, { topic: 'payout.updated', subject: sql`driver_id`, payload }, now)
}

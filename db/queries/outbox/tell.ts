import { type SQL, sql } from 'drizzle-orm'
import { activeStates } from '#packages/booking/states.ts'

/**
 * A CTE body that writes an outbox row for each booking of the CTE `source` (rows of `bookings`), to be used in the
 * statement that changes them: what commits is told, what does not is not.
 */
export function tellBookings(source: string, topic: 'booking.new' | 'booking.updated', now: Date): SQL {
  return sql`insert into outbox (topic, subject, payload, created_at, available_at)
    select ${topic}, ride_id, jsonb_build_object('bookingId', id, 'passengerId', passenger_id, 'state', state),
      ${now}::timestamptz, ${now}::timestamptz
    from ${sql.raw(source)}`
}

/** As `tellBookings`, for the rows of `rides` in `source`. */
export function tellRides(source: string, now: Date): SQL {
  return sql`insert into outbox (topic, subject, payload, created_at, available_at)
    select 'ride.updated', id, jsonb_build_object('status', status), ${now}::timestamptz, ${now}::timestamptz
    from ${sql.raw(source)}`
}

/**
 * As `tellBookings`, for sessions in `source` (rows of `sessions`) that were signed out: every ride that their person may
 * be following hears of it, and its room closes the sockets of the session.
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
    ) ride on true`
}

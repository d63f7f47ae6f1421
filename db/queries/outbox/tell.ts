import { type SQL, sql } from 'drizzle-orm'

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

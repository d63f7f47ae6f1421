import { type SQL, sql } from 'drizzle-orm'

/** A condition on a row of `bookings` with this name: it is paid, or was once, or is not to be paid online. */
export function isKnownToDriver(booking: string): SQL {
  const of = (column: string) => sql.raw(`${booking}.${column}`)
  return sql`(${of('pay_with')} = 'cash' or exists (select 1 from booking_transitions step
    where step.booking_id = ${of('id')} and step.state not in ('offered', 'unpaid', 'expired', 'cancelled')))`
}

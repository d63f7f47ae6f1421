import { type SQL, sql } from 'drizzle-orm'
import { activeStates } from '#packages/booking/states.ts'

/**
 * A condition on a row of `bookings` with this name: its passenger has seats, or is held some. A hold that has lapsed counts
 * for nothing, even before the sweep has seen it.
 */
export function holdsSeats(booking: string, now: Date): SQL {
  const of = (column: string) => sql.raw(`${booking}.${column}`)
  return sql`(${of('state')} in ${activeStates} and (${of('expires_at')} is null or ${of('expires_at')} > ${now}))`
}

/** A condition on a row of `rides` with this name: somebody relies on it. */
export function hasPassengers(ride: string, now: Date): SQL {
  return sql`exists (select 1 from bookings held where held.ride_id = ${sql.raw(`${ride}.id`)}
    and ${holdsSeats('held', now)})`
}

/** A condition on a row of `rides` with this name: somebody ever booked it, lined up for it, shared it, or called for help on it. */
export function wasWanted(ride: string): SQL {
  const id = sql.raw(`${ride}.id`)
  return sql`(exists (select 1 from bookings made where made.ride_id = ${id})
    or exists (select 1 from waitlist_entries entry where entry.ride_id = ${id})
    or exists (select 1 from share_links link where link.ride_id = ${id})
    or exists (select 1 from sos_alerts alert where alert.ride_id = ${id}))`
}

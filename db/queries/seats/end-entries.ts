import { type SQL, sql } from 'drizzle-orm'
import type { WaitlistState } from '#db/schema/index.ts'

/** A CTE body that ends the waiting of those whose offers are the bookings in the CTE `source`. */
export function endEntries(source: string, state: WaitlistState, now: Date): SQL {
  return sql`update waitlist_entries set state = ${state}, updated_at = ${now}
    where state = 'offered' and booking_id in (select id from ${sql.raw(source)})`
}

/** A CTE body: nobody waits any more for seats of the rides in `source`. */
export const endWaiting = (source: string, now: Date): SQL =>
  sql`update waitlist_entries set state = 'lapsed', updated_at = ${now}
    from ${sql.raw(source)} dropped where waitlist_entries.ride_id = dropped.id and waitlist_entries.state = 'waiting'`

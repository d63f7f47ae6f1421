import { type SQL, sql } from 'drizzle-orm'
import type { WaitlistState } from '#db/schema/index.ts'

/** A CTE body that ends the waiting of those whose offers are the bookings in the CTE `source`. */
export function endEntries(source: string, state: WaitlistState, now: Date): SQL {
  return sql`update waitlist_entries set state = ${state}, updated_at = ${now}
    where state = 'offered' and booking_id in (select id from ${sql.raw(source)})`
}

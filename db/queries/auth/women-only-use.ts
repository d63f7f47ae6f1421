import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { holdsSeats } from '#db/queries/rides/holds-seats.ts'

/** A condition: this person has seats on a ride for women that is not over, or waits for some. */
export function ridesWithWomen(userId: string, now: Date): SQL {
  const isForWomen = (ride: string) => sql`exists (select 1 from rides join routes on routes.id = rides.route_id
    where rides.id = ${sql.raw(ride)} and routes.women_only)`
  return sql`(exists (select 1 from bookings held where held.passenger_id = ${userId} and ${holdsSeats('held', now)}
      and ${isForWomen('held.ride_id')})
    or exists (select 1 from waitlist_entries entry where entry.passenger_id = ${userId} and entry.state = 'waiting'
      and ${isForWomen('entry.ride_id')}))`
}

/** A condition: this person has a ride for women ahead or under way, or a pattern that makes more of them. */
export function drivesWomen(userId: string): SQL {
  return sql`exists (select 1 from routes where routes.driver_id = ${userId} and routes.women_only
    and (exists (select 1 from rides where rides.route_id = routes.id and rides.status in ('scheduled', 'started'))
      or (routes.archived_at is null and exists (select 1 from route_schedules where route_id = routes.id))))`
}

const UseRow = z.object({ rides: z.boolean(), drives: z.boolean() })

/** How a person is bound by rides for women. */
export function loadWomenOnlyUse(
  db: Db,
  userId: string,
  now: Date,
): Promise<z.infer<typeof UseRow> | undefined> {
  return readRow(
    db,
    sql`select ${ridesWithWomen(userId, now)} as rides, ${drivesWomen(userId)} as drives`,
    UseRow,
  )
}

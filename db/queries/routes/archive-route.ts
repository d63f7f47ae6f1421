import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { tellRides } from '#db/queries/outbox/tell.ts'
import { hasPassengers } from '#db/queries/rides/holds-seats.ts'
import { deleteCorridor } from '#db/queries/rides/ride-corridor.ts'
import { endWaiting } from '#db/queries/seats/end-entries.ts'
import { lockRides } from './lock-rides.ts'

const ArchivedRow = z.object({ id: z.string() })

/**
 * Archives a route and cancels the rides it has ahead. Undefined: not there, not the driver's, or one of its rides is under
 * way or has passengers.
 */
export function archiveRoute(
  db: Db,
  { id, driverId }: { id: string; driverId: string },
  now: Date,
): Promise<z.infer<typeof ArchivedRow> | undefined> {
  return readRowLocked(
    db,
    lockRides(id, driverId),
    sql`with route as (
        update routes set archived_at = ${now}, updated_at = ${now}
        where id = ${id} and driver_id = ${driverId} and archived_at is null and not exists (
          select 1 from rides ride where ride.route_id = routes.id
            and (ride.status = 'started' or (ride.status = 'scheduled' and ${hasPassengers('ride', now)})))
        returning id
      ), ride as (
        update rides set status = 'cancelled', ended_at = ${now} from route
        where rides.route_id = route.id and rides.status = 'scheduled'
        returning rides.*
      ), waiting as (${endWaiting('ride', now)}), unlisted as (${deleteCorridor(sql`ride`)}),
      told as (${tellRides('ride', now)})
      select id from route`,
    ArchivedRow,
  )
}

import { type SQL, sql } from 'drizzle-orm'
import { tellRides } from '#db/queries/outbox/tell.ts'
import { hasPassengers, wasWanted } from '#db/queries/rides/holds-seats.ts'
import { deleteCorridor } from '#db/queries/rides/ride-corridor.ts'
import { endWaiting } from '#db/queries/seats/end-entries.ts'
import type { PlannedRide } from '#packages/routes/plan-rides.ts'

/**
 * A statement that takes back the rides ahead of a pattern on which nobody has seats and that are not among the `kept`: those
 * that nobody ever wanted as if they had not been made; the others are cancelled, and make way for another of their day.
 * The rides are locked, and the route was changed at `now`: else nothing happens.
 */
export function dropRides(routeId: string, kept: readonly PlannedRide[], now: Date): SQL {
  return sql`with obsolete as (
      select ride.id, ${wasWanted('ride')} as wanted
      from rides ride join routes route on route.id = ride.route_id and route.updated_at = ${now}
      where route.id = ${routeId} and ride.status = 'scheduled' and ride.schedule_day is not null
        and ride.departs_at > ${now} and not ${hasPassengers('ride', now)}
        and not exists (
          select 1 from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as kept ("scheduleDay" date, "departsAt" timestamptz)
          where kept."scheduleDay" = ride.schedule_day and kept."departsAt" = ride.departs_at)
    ), unfound as (
      delete from alerts using obsolete where ride_id = obsolete.id and not obsolete.wanted
    ), gone as (
      delete from rides using obsolete where rides.id = obsolete.id and not obsolete.wanted
    ), ride as (
      update rides set status = 'cancelled', ended_at = ${now}, schedule_day = null
      from obsolete where rides.id = obsolete.id and obsolete.wanted
      returning rides.*
    ), waiting as (${endWaiting('ride', now)}), unlisted as (${deleteCorridor(sql`ride`)}),
    told as (${tellRides('ride', now)})
    select id from ride`
}

/** A statement that takes back all rides of a route that nobody ever wanted, none of which was driven. As `dropRides`. */
export function dropAllRides(routeId: string, now: Date): SQL {
  return sql`with unwanted as (
      select ride.id from rides ride join routes route on route.id = ride.route_id
      where route.id = ${routeId} and route.updated_at = ${now}
        and ride.status in ('scheduled', 'cancelled') and not ${wasWanted('ride')}
    ), unfound as (
      delete from alerts using unwanted where ride_id = unwanted.id
    )
    delete from rides using unwanted where rides.id = unwanted.id`
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import {
  DrivenVehicleRow,
  PaperRow,
  papersJson,
  RequirementRow,
  requirementsJson,
} from '#db/queries/documents/driver-standing.ts'
import { insertRides, type NewRide } from '#db/queries/rides/insert-rides.ts'
import { StoredWayRow, wayColumns } from '#db/queries/rides/stored-way.ts'
import { ScheduleRow, scheduleJson } from './route-view.ts'

/** The most patterns for which one sweep makes rides; the next one goes on. */
const BATCH_SIZE = 50

const DueRow = StoredWayRow.extend({
  id: z.string(),
  driverId: z.string(),
  /** When the route was last changed. */
  version: z.coerce.date().nullable(),
  schedule: ScheduleRow,
  /** The days of the pattern that have a ride. */
  rideDays: z.array(z.string()),
  vehicle: DrivenVehicleRow,
  papers: z.array(PaperRow),
  /** What is asked for anywhere. */
  requirements: z.array(RequirementRow),
})
export type DueSchedule = z.infer<typeof DueRow>

/** Patterns whose rides are not made up to and with `lastDay`, the most overdue first. @param today the day in India */
export function loadDueSchedules(db: Db, today: string, lastDay: string): Promise<DueSchedule[]> {
  return readRows(
    db,
    sql`with requirements as materialized (select ${requirementsJson} as all)
      select route.id, route.driver_id as "driverId", route.updated_at as version, ${scheduleJson} as schedule,
        ${wayColumns}, requirements.all as requirements,
        (select coalesce(jsonb_agg(schedule_day), '[]') from rides
          where route_id = route.id and schedule_day >= ${today}::date) as "rideDays",
        jsonb_build_object('id', vehicle.id, 'plate', vehicle.plate, 'kind', vehicle.kind) as vehicle,
        ${papersJson(sql`route.driver_id`, sql`vehicle.id`)} as papers
      from requirements, route_schedules schedule
      join routes route on route.id = schedule.route_id and route.archived_at is null
      join vehicles vehicle on vehicle.id = route.vehicle_id and vehicle.deleted_at is null
      join users person on person.id = route.driver_id and person.deleted_at is null and person.banned_at is null
      where coalesce(schedule.made_until, '-infinity') < least(${lastDay}::date, coalesce(schedule.valid_until, 'infinity'))
        and coalesce(schedule.valid_until, 'infinity') >= ${today}::date
      order by schedule.made_until nulls first, schedule.route_id limit ${BATCH_SIZE}`,
    DueRow,
  )
}

/**
 * Makes rides of these patterns and notes that they are made up to and with `lastDay`. A pattern whose driver, vehicle or
 * route somebody else has in hand just now, or has changed since it was loaded, is left for the next sweep. Returns how many
 * rides were made; again it makes none.
 */
export async function makeRides(
  db: Db,
  due: readonly Pick<DueSchedule, 'id' | 'version'>[],
  rides: readonly NewRide[],
  lastDay: string,
  now: Date,
): Promise<number> {
  const reserve = sql`with free as (
      select route.id from jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as due (id uuid, version timestamptz)
      join routes route on route.id = due.id and route.archived_at is null
        and route.updated_at is not distinct from due.version
      join vehicles vehicle on vehicle.id = route.vehicle_id and vehicle.deleted_at is null
      join drivers driver on driver.user_id = route.driver_id
      for no key update of driver skip locked for share of vehicle skip locked for share of route skip locked
    )
    update route_schedules set made_until = ${lastDay}::date from free where route_id = free.id`
  const only = sql`exists (select 1 from route_schedules schedule
    where schedule.route_id = route.id and schedule.made_until = ${lastDay}::date)`
  const [, { rows }] = await db.batch([
    db.execute(reserve),
    db.execute(insertRides(rides, now, { overlap: 'skip', only })),
  ])
  return rows.length
}

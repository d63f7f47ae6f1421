import { type SQL, sql } from 'drizzle-orm'
import type { Pattern } from '#packages/schedules/pattern.ts'

/** CTEs that write the patterns of routes in the CTE `route`, for which rides are made until that day. */
export function insertSchedules(
  offers: readonly { id: string; schedule: Pattern | null }[],
  madeUntil: string,
): SQL {
  const patterns = offers.flatMap(({ id, schedule }) => (schedule ? [{ routeId: id, ...schedule }] : []))
  const exceptions = patterns.flatMap(({ routeId, exceptions: days }) =>
    days.map((day) => ({ routeId, ...day })),
  )
  return sql`schedules as (
      insert into route_schedules (route_id, weekdays, departs, valid_from, valid_until, made_until)
      select pattern."routeId", pattern.weekdays, pattern.departs, pattern."from", pattern.until, ${madeUntil}::date
      from route join jsonb_to_recordset(${JSON.stringify(patterns)}::jsonb) as pattern ("routeId" uuid,
        weekdays smallint[], departs time, "from" date, until date) on pattern."routeId" = route.id
    ), exceptions as (
      insert into schedule_exceptions (route_id, day, departs)
      select exception."routeId", exception.day, exception.departs
      from route join jsonb_to_recordset(${JSON.stringify(exceptions)}::jsonb) as exception ("routeId" uuid, day date,
        departs time) on exception."routeId" = route.id
    )`
}

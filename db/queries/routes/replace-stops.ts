import { type SQL, sql } from 'drizzle-orm'
import type { NewRoute } from './publish-routes.ts'

/** CTEs that make these the stops of the route in the CTE `route`. */
export function replaceStops({ stops }: Pick<NewRoute, 'stops'>): SQL {
  const rows = stops.map((stop, position) => ({ ...stop, position }))
  return sql`stops as (
      insert into route_stops (route_id, position, name, lat, lng, vertex)
      select route.id, stop.position, stop.name, stop.lat, stop.lng, stop.vertex
      from route, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as stop (position smallint, name text, lat float8, lng float8, vertex int)
      on conflict (route_id, position) do update
        set name = excluded.name, lat = excluded.lat, lng = excluded.lng, vertex = excluded.vertex
    ), former_stops as (
      delete from route_stops using route where route_id = route.id and position >= ${stops.length}
    )`
}

/** CTEs that make this the pattern of the route in the CTE `route`, with rides made until that day. */
export function replaceSchedule({ schedule }: Pick<NewRoute, 'schedule'>, madeUntil: string): SQL {
  if (!schedule) return sql`schedules as (select 1)`
  const exceptions = sql`jsonb_to_recordset(${JSON.stringify(schedule.exceptions)}::jsonb)
    as exception (day date, departs time)`
  return sql`schedules as (
      update route_schedules set weekdays = ${`{${schedule.weekdays.join(',')}}`}::smallint[],
        departs = ${schedule.departs}::time, valid_from = ${schedule.from}::date, valid_until = ${schedule.until}::date,
        made_until = ${madeUntil}::date
      from route where route_id = route.id
    ), exceptions as (
      insert into schedule_exceptions (route_id, day, departs)
      select route.id, exception.day, exception.departs from route, ${exceptions}
      on conflict (route_id, day) do update set departs = excluded.departs
    ), former_exceptions as (
      delete from schedule_exceptions using route
      where route_id = route.id and day not in (select exception.day from ${exceptions})
    )`
}

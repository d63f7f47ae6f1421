import { sql } from 'drizzle-orm'
import { type Db, readRow, readRows } from '#db/client.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { RouteRow, routeView } from './route-view.ts'

/** A published route with its stops, its pattern and its latest rides. */
export function loadRoute(db: Db, id: string): Promise<RouteRow | undefined> {
  return readRow(db, sql`${routeView} where route.id = ${id} and route.archived_at is null`, RouteRow)
}

export interface RoutePage {
  driverId: string
  /** Who asks: only the driver sees those, too, on which nothing is to come. */
  viewerId: string
  before?: string | undefined
  limit: number
}

/** A driver's routes, newest first, older than `before`. */
export function listRoutes(
  db: Db,
  { driverId, viewerId, before, limit }: RoutePage,
  now: Date,
): Promise<RouteRow[]> {
  const older = before ? sql`and route.id < ${before}` : sql``
  const open = sql`(exists (select 1 from rides where route_id = route.id
      and (status = 'started' or (status = 'scheduled' and departs_at > ${now})))
    or exists (select 1 from route_schedules where route_id = route.id
      and (valid_until is null or valid_until >= ${indianDay(now.getTime())}::date)))`
  return readRows(
    db,
    sql`${routeView} where route.driver_id = ${driverId} and route.archived_at is null ${older}
        and ${viewerId === driverId ? sql`true` : open}
      order by route.id desc limit ${limit}`,
    RouteRow,
  )
}

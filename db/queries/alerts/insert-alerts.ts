import { type SQL, sql } from 'drizzle-orm'
import { tell } from '#db/queries/outbox/tell.ts'
import type { Alert } from '#packages/alerts/choose-alerts.ts'

/**
 * CTEs that note what was found, as `alert`, and have both sides told: of the alerts on the rides in the CTE `ride`, which are
 * locked, those that are new and whose saved search is there still.
 *
 * The columns come as arrays, of which PostgreSQL knows the length, so that it does not take thousands of pairs for a few.
 */
export function insertAlerts(alerts: readonly Alert[], now: Date): SQL {
  const column = (key: keyof Alert) => `{${alerts.map((alert) => String(alert[key])).join(',')}}`
  const payload = sql`jsonb_build_object('savedSearchId', saved_search_id, 'rideId', ride_id, 'driverId', driver_id,
    'userId', user_id, 'toPassenger', to_passenger, 'toDriver', to_driver)`
  const news = { topic: 'alert.matched', subject: sql`user_id`, payload }
  return sql`found as materialized (
      select found.* from unnest(${column('savedSearchId')}::uuid[], ${column('userId')}::uuid[], ${column('rideId')}::uuid[],
          ${column('driverId')}::uuid[], ${column('toPassenger')}::boolean[], ${column('toDriver')}::boolean[])
        with ordinality as found (saved_search_id, user_id, ride_id, driver_id, to_passenger, to_driver, place)
      join saved_searches saved on saved.id = found.saved_search_id
      where found.ride_id = any(array(select id from ride))
      order by saved.id for key share of saved
    ), alert as (
      insert into alerts (saved_search_id, ride_id, created_at)
      select saved_search_id, ride_id, ${now}::timestamptz from found order by saved_search_id, ride_id
      on conflict do nothing
      returning saved_search_id, ride_id
    ), told as (
      ${tell(sql`alert join found using (saved_search_id, ride_id)`, news, now)}
      where to_passenger or to_driver order by place
    )`
}

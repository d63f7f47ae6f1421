import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { idArray } from '#db/lists.ts'
import type { Before } from '#packages/alerts/choose-alerts.ts'
import type { Pair } from '#packages/alerts/find-pairs.ts'

const HOUR_MS = 3600_000

const Counts = z.record(z.string(), z.number())
const BeforeRow = z.object({
  known: z.array(z.string()),
  ...{ matches: Counts, passengers: Counts, drivers: Counts },
})

const keyOf = ({ savedSearchId, rideId }: Pair) => `${savedSearchId} ${rideId}`

/** What was found before for the people of these pairs; hours are those of the clock. */
export async function loadBefore(db: Db, pairs: readonly Pair[], now: Date): Promise<Before> {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const among = (key: 'savedSearchId' | 'rideId' | 'userId' | 'driverId') =>
    sql`any(${idArray([...new Set(pairs.map((pair) => pair[key]))])})`
  const counts = (id: 'saved_search_id' | 'user_id' | 'driver_id') =>
    sql`select coalesce(jsonb_object_agg(id, alerts), '{}') from (select ${sql.raw(id)} as id, count(*) as alerts`
  const row = await readRow(
    db,
    sql`select
      (select coalesce(jsonb_agg(saved_search_id || ' ' || ride_id), '[]') from alerts
        where saved_search_id = ${among('savedSearchId')} and ride_id = ${among('rideId')}) as known,
      (${counts('saved_search_id')} from alerts
        where saved_search_id = ${among('savedSearchId')} group by saved_search_id) counted) as matches,
      (${counts('user_id')} from saved_searches join alerts on saved_search_id = saved_searches.id
        where user_id = ${among('userId')} and alerts.created_at >= ${hour} group by user_id) counted) as passengers,
      (${counts('driver_id')} from rides join alerts on ride_id = rides.id
        where driver_id = ${among('driverId')} and departs_at > ${now} and alerts.created_at >= ${hour}
        group by driver_id) counted) as drivers`,
    BeforeRow,
  )
  const { known = [], matches = {}, passengers = {}, drivers = {} } = row ?? {}
  const keys = new Set(known)
  return {
    isKnown: (pair) => keys.has(keyOf(pair)),
    matches: (id) => matches[id] ?? 0,
    passengerAlerts: (id) => passengers[id] ?? 0,
    driverAlerts: (id) => drivers[id] ?? 0,
  }
}

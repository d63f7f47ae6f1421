import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { type Alert, chooseAlerts } from '#packages/alerts/choose-alerts.ts'
import { findPairs } from '#packages/alerts/find-pairs.ts'
import { insertAlerts } from './insert-alerts.ts'
import { loadBefore } from './load-before.ts'
import { loadUnmatchedRides, RIDES_AT_ONCE, type UnmatchedRow } from './unmatched-rides.ts'

const WrittenRow = z.object({ alerts: z.number(), rides: z.number() })

/** Hears of a route whose way cannot be read: its rides serve nobody, and hold up no other. */
export type Unreadable = (routeId: string, error: unknown) => void

/**
 * Looks through the saved searches for some rides for which that was not done, those that depart first, and alerts both sides of
 * what matches. A ride that somebody has in hand, or whose route was changed meanwhile, is left for the next time.
 * @param routeIds of these routes only; null: of all
 */
export async function alertOfRides(
  db: Db,
  routeIds: readonly string[] | null,
  now: Date,
  onUnreadable: Unreadable,
): Promise<{ alerts: number; more: boolean }> {
  const roads = await loadUnmatchedRides(db, routeIds, now)
  const rides = roads.reduce((sum, road) => sum + road.rides.length, 0)
  if (rides === 0) return { alerts: 0, more: false }
  const pairs = roads.flatMap((road) => {
    try {
      return findPairs(road, now.getTime())
    } catch (error) {
      onUnreadable(road.routeId, error)
      return []
    }
  })
  const alerts = pairs.length > 0 ? chooseAlerts(pairs, await loadBefore(db, pairs, now)) : []
  const written = (await write(db, roads, alerts, now)) ?? { alerts: 0, rides: 0 }
  return { alerts: written.alerts, more: rides === RIDES_AT_ONCE && written.rides > 0 }
}

/** A change of a ride or its route waits for this, or keeps its ride from being noted as done. */
function write(
  db: Db,
  roads: readonly UnmatchedRow[],
  alerts: readonly Alert[],
  now: Date,
): Promise<z.infer<typeof WrittenRow> | undefined> {
  const seen = roads.flatMap(({ routeId, version, rides }) => rides.map(({ id }) => ({ id, routeId, version })))
  return readRow(
    db,
    sql`with free as materialized (
        select ride.id from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
          as seen (id uuid, "routeId" uuid, version timestamptz)
        join routes route on route.id = seen."routeId" and route.updated_at is not distinct from seen.version
        join rides ride on ride.id = seen.id and ride.matched_at is null and ride.status = 'scheduled'
        order by route.id, ride.id
        for share of route skip locked for no key update of ride skip locked
      ), ride as materialized (
        update rides set matched_at = ${now}::timestamptz from free where rides.id = free.id
        returning rides.id
      ), ${insertAlerts(alerts, now)}
      select (select count(*)::int from alert) as alerts, (select count(*)::int from ride) as rides`,
    WrittenRow,
  )
}

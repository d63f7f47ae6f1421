import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { idArray } from '#db/lists.ts'
import { chooseAlerts } from '#packages/alerts/choose-alerts.ts'
import { insertAlerts } from './insert-alerts.ts'
import { loadBefore } from './load-before.ts'
import { findOffers } from './offers-for.ts'
import { SavedSearchRow, savedSearchView } from './saved-search-view.ts'

/** The most that one sweep looks after; the next one goes on. */
const BATCH_SIZE = 50

/** Saved searches for which nobody has looked through the rides. */
export function loadUnmatchedSearches(db: Db, now: Date): Promise<SavedSearchRow[]> {
  return readRows(
    db,
    sql`with saved as (
        select * from saved_searches where matched_at is null and latest > ${now} order by id limit ${BATCH_SIZE}
      ) ${savedSearchView}`,
    SavedSearchRow,
  )
}

/**
 * Looks through the rides for a saved search and alerts both sides of what matches. A ride that comes after it was saved finds it
 * in its turn, so none is missed. Returns how many alerts are new.
 */
export async function alertOfSearch(db: Db, saved: SavedSearchRow, now: Date): Promise<number> {
  const { id: savedSearchId, userId } = saved
  const pairs = (await findOffers(db, saved, now)).map(({ ride, departsAt }) => ({
    ...{ savedSearchId, userId, rideId: ride.rideId, driverId: ride.driverId, departsAt: departsAt.getTime() },
  }))
  const alerts = pairs.length > 0 ? chooseAlerts(pairs, await loadBefore(db, pairs, now)) : []
  const rideIds = idArray(alerts.map(({ rideId }) => rideId))
  const written = await readRow(
    db,
    sql`with ride as materialized (
        -- Locked, so that nobody takes one back meanwhile.
        select id from rides where id = any(${rideIds}) and status = 'scheduled' order by id for share
      ), ${insertAlerts(alerts, now)}, saved as (
        -- After its row was locked for the alerts: a row that was changed before could not be.
        update saved_searches set matched_at = ${now} where id = ${savedSearchId} and (select count(*) from found) >= 0
      )
      select count(*)::int as alerts from alert`,
    z.object({ alerts: z.number() }),
  )
  return written?.alerts ?? 0
}

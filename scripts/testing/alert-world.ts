import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { alertOfRides } from '../../db/queries/alerts/alert-of-rides.ts'
import { type NewSavedSearch, saveSearch } from '../../db/queries/alerts/own-searches.ts'
import type { SavedSearchRow } from '../../db/queries/alerts/saved-search-view.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'

const HOUR_MS = 3600_000
const bengaluru = { name: 'Majestic', lat: 12.9716, lng: 77.5946 }
const mysuru = { name: 'Palace', lat: 12.2958, lng: 76.6394 }

/** Saves a search from Bengaluru to Mysuru in the two days to come, or what is said instead. */
export async function saveWish(
  db: Db,
  userId: string,
  now: Date,
  more: Partial<NewSavedSearch> = {},
): Promise<SavedSearchRow> {
  const saved = await saveSearch(
    db,
    {
      ...{
        id: uuidv7(),
        userId,
        pickup: bengaluru,
        dropoff: mysuru,
        radiusMetres: 2_000,
        seats: 1,
        filters: {},
      },
      ...{ earliest: now, latest: new Date(now.getTime() + 48 * HOUR_MS), ...more },
    },
    now,
  )
  if (!saved) throw new Error('not saved')
  return saved
}

/** Looks through the saved searches for all rides, as the sweep does. Returns how many alerts there are. */
export async function alertAll(db: Db, now: Date): Promise<number> {
  const onUnreadable = (_: string, error: unknown) => {
    throw error
  }
  let alerts = 0
  for (;;) {
    const done = await alertOfRides(db, null, now, onUnreadable)
    alerts += done.alerts
    if (!done.more) return alerts
  }
}

/** What was found, as `search ride`, in order. */
export async function alertPairs(db: Db, savedSearchId?: string): Promise<string[]> {
  const of = savedSearchId ? sql`where saved_search_id = ${savedSearchId}` : sql``
  const { rows } = await db.execute(sql`select saved_search_id || ' ' || ride_id as pair from alerts ${of}`)
  return rows.map(({ pair }) => String(pair)).toSorted()
}

/** The payloads of the messages about alerts, oldest first. */
export async function alertMessages(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`select payload from outbox where topic = 'alert.matched' order by seq`)
  return rows.map(({ payload }) => payload)
}

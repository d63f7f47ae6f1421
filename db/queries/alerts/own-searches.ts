import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked, readRows } from '#db/client.ts'
import { MAX_SAVED_SEARCHES } from '#packages/alerts/limits.ts'
import { SavedSearchRow, savedSearchView } from './saved-search-view.ts'

export type NewSavedSearch = Omit<SavedSearchRow, 'createdAt' | 'matches'>

/** Saves a search. Undefined: the person has as many as they can have. */
export function saveSearch(db: Db, search: NewSavedSearch, now: Date): Promise<SavedSearchRow | undefined> {
  const { id, userId, pickup, dropoff } = search
  return readRowLocked(
    db,
    // Two that are saved at once count each other.
    sql`select 1 from users where id = ${userId} for no key update`,
    sql`with saved as (
        insert into saved_searches (id, user_id, pickup_lat, pickup_lng, pickup_name, dropoff_lat, dropoff_lng, dropoff_name,
          pickup, radius_metres, earliest, latest, seats, filters, created_at)
        select ${id}::uuid, person.id, ${pickup.lat}::float8, ${pickup.lng}::float8, ${pickup.name}, ${dropoff.lat}::float8,
          ${dropoff.lng}::float8, ${dropoff.name},
          ST_SetSRID(ST_MakePoint(${pickup.lng}::float8, ${pickup.lat}::float8), 4326)::geography,
          ${search.radiusMetres}::int, ${search.earliest}::timestamptz, ${search.latest}::timestamptz,
          ${search.seats}::smallint, ${JSON.stringify(search.filters)}::jsonb, ${now}::timestamptz
        from users person
        where person.id = ${userId} and person.deleted_at is null
          and (select count(*) from saved_searches where user_id = person.id and latest >= ${now}) < ${MAX_SAVED_SEARCHES}
        returning *
      ) ${savedSearchView}`,
    SavedSearchRow,
  )
}

/** Saved searches of a person that are not over, newest first, older than `before`. */
export function listSavedSearches(
  db: Db,
  { userId, before, limit }: { userId: string; before?: string | undefined; limit: number },
  now: Date,
): Promise<SavedSearchRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`with saved as (
        select * from saved_searches where user_id = ${userId} and latest >= ${now} ${older} order by id desc limit ${limit}
      ) ${savedSearchView} order by saved.id desc`,
    SavedSearchRow,
  )
}

/** A saved search of this person that is not over. */
export function loadSavedSearch(
  db: Db,
  { id, userId }: { id: string; userId: string },
  now: Date,
): Promise<SavedSearchRow | undefined> {
  return readRow(
    db,
    sql`with saved as (select * from saved_searches where id = ${id} and user_id = ${userId} and latest >= ${now})
      ${savedSearchView}`,
    SavedSearchRow,
  )
}

/** Forgets a saved search of this person, with what was found for it. Undefined: there is none. */
export function deleteSavedSearch(
  db: Db,
  { id, userId }: { id: string; userId: string },
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`delete from saved_searches where id = ${id} and user_id = ${userId} returning id`,
    z.object({ id: z.string() }),
  )
}

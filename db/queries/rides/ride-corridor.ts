import { type SQL, sql } from 'drizzle-orm'

/** Part of a statement after which no ride of the relation `ride` (with `id`) can be booked: the search finds it no more. */
export function deleteCorridor(ride: SQL): SQL {
  return sql`delete from ride_corridors where ride_id in (select id from ${ride})`
}

/**
 * The condition on `ride_corridors` that a key of every set is there, answered by one scan of the index. The sets stand in
 * subqueries on purpose: PostgreSQL takes an array of many keys that it sees for a condition that nearly all rows fulfil,
 * and then reads the whole table.
 */
export function hasKeys(sets: readonly (readonly number[])[]): SQL {
  return sql.join(
    sets.map((keys) => sql`ride_corridors.keys && (select ${`{${keys.join(',')}}`}::bigint[])`),
    sql` and `,
  )
}

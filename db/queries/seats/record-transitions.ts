import { type SQL, sql } from 'drizzle-orm'

/**
 * A CTE body that writes down which state each booking of the CTE `source` (rows of `bookings`) has come to.
 * @param actorId null where time did it; or a column of the CTE
 */
export function recordTransitions(source: string, actorId: string | SQL | null, now: Date): SQL {
  return sql`insert into booking_transitions (booking_id, step, state, actor_id, at)
    select id, (select coalesce(max(step) + 1, 0) from booking_transitions where booking_id = moved.id), state,
      ${actorId}::uuid, ${now}::timestamptz
    from ${sql.raw(source)} moved`
}

import { type SQL, sql } from 'drizzle-orm'

/**
 * Two CTEs that give back the seats of the bookings in the CTE `source`. Legs are locked in order, and only after the bookings: every statement takes locks as ride, bookings, legs, so none can deadlock.
 */
export function releaseLegs(source: string): SQL {
  const freed = sql.raw(source)
  return sql`locked_legs as (
      select ride_id, leg from ride_legs where ride_id in (select ride_id from ${freed}) order by ride_id, leg for update
    ), released_legs as (
      update ride_legs set taken = taken - (
        select coalesce(sum(seats), 0) from ${freed} freed where freed.ride_id = ride_legs.ride_id and ride_legs.leg >= leg_from and ride_legs.leg < leg_to)
      from locked_legs
      where ride_legs.ride_id = locked_legs.ride_id and ride_legs.leg = locked_legs.leg
    )`
}

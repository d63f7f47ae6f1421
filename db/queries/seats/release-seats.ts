import { type SQL, sql } from 'drizzle-orm'

/**
 * Two CTEs that give back the seats of the bookings in the CTE `source`, named ones and those of the legs. The lock of the ride
 * is held (`lockRide`).
 */
export function releaseSeats(source: string): SQL {
  const freed = sql.raw(source)
  return sql`freed_places as (
      update booking_seats set holds = false where holds and booking_id in (select id from ${freed})
    ), freed_legs as (
      update ride_legs set taken = taken - free.seats
      from (
        select ride_id, leg, sum(seats) as seats from ${freed} freed, generate_series(leg_from, leg_to - 1) leg
        group by ride_id, leg
      ) free
      where ride_legs.ride_id = free.ride_id and ride_legs.leg = free.leg
    )`
}

/**
 * A CTE body by which the saved searches are looked through again for the rides of the bookings in the CTE `source`, which gave
 * seats back. The lock of the ride is held, and the statement changes the ride in no other way.
 */
export function seekPassengers(source: string): SQL {
  return sql`update rides set matched_at = null from ${sql.raw(source)} freed where rides.id = freed.ride_id`
}

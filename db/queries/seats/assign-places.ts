import { type SQL, sql } from 'drizzle-orm'
import { textList } from '#db/lists.ts'

interface Wanted {
  /** A CTE with the `id`, `vehicle_id` and `seat_map_version` of a ride. */
  ride: string
  legFrom: SQL
  legTo: SQL
  seats: SQL
  /** The ids of the wanted seats; null: whichever fit best. */
  chosen: readonly string[] | null
}

/**
 * Two CTEs: `places`, the passenger seats of the ride's map with the free stretch around the legs [legFrom, legTo), or null where
 * somebody sits there on a part of them; and `assigned`, the seats for a booking: those that were chosen, or else as many as
 * are free all the way, first those whose free stretch is the shortest, so that long ones stay for who goes far.
 * Nobody changes seats under way; who finds none is not assigned one, for capacity decides and not the map.
 */
export function assignPlaces({ ride, legFrom, legTo, seats, chosen }: Wanted): SQL {
  const assigned =
    chosen === null
      ? sql`select seat from places where stretch is not null order by stretch, row_number, column_number limit ${seats}`
      : sql`select seat from places where seat in ${textList(chosen)}`
  return sql`places as (
      select place ->> 'id' as seat, (place ->> 'row')::int as row_number, (place ->> 'column')::int as column_number,
        case when not sat.blocked then sat.free_to - sat.free_from end as stretch
      from ${sql.raw(ride)} ride_of
      join seat_maps map on map.vehicle_id = ride_of.vehicle_id and map.version = ride_of.seat_map_version
      cross join lateral jsonb_array_elements(map.seats) place
      cross join lateral (
        select coalesce(bool_or(legs && int4range(${legFrom}, ${legTo})), false) as blocked,
          coalesce(max(upper(legs)) filter (where upper(legs) <= ${legFrom}), 0) as free_from,
          coalesce(min(lower(legs)) filter (where lower(legs) >= ${legTo}),
            (select count(*)::int from ride_legs where ride_id = ride_of.id)) as free_to
        from booking_seats held
        where held.ride_id = ride_of.id and held.seat = place ->> 'id' and held.holds
      ) sat
      where place ->> 'kind' = 'passenger'
    ), assigned as (${assigned})`
}

/** A CTE body that seats the booking in the CTE `booking` on the places in the CTE `assigned`. */
export const takePlaces: SQL = sql`insert into booking_seats (booking_id, seat, ride_id, legs, holds)
  select booking.id, assigned.seat, booking.ride_id, int4range(booking.leg_from, booking.leg_to), true
  from booking, assigned`

/** A CTE body that takes the seats in the CTE `source` (`ride_id`, `leg_from`, `leg_to`, `seats`) off their legs. */
export const takeLegs = (source: string): SQL => sql`update ride_legs set taken = taken + wanted.seats
  from ${sql.raw(source)} wanted
  where ride_legs.ride_id = wanted.ride_id and ride_legs.leg >= wanted.leg_from and ride_legs.leg < wanted.leg_to
  returning ride_legs.leg`

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { SeatRow } from '#db/queries/vehicles/seat-maps.ts'
import { holdStates } from '#packages/booking/states.ts'

const RideSeatsRow = z.object({
  legCount: z.number(),
  /** On each of the legs. */
  seatsLeft: z.array(z.number()),
  /** Null where the ride has no seat map. */
  map: z
    .object({ version: z.number(), rows: z.number(), columns: z.number(), seats: z.array(SeatRow) })
    .nullable(),
  /** The ids of the seats on which somebody sits on one of the legs. */
  taken: z.array(z.string()),
})
export type RideSeatsRow = z.infer<typeof RideSeatsRow>

/**
 * The seats of a ride on its legs [from, to). Holds that have lapsed take none. Undefined: there is no such ride.
 * @param to null: to the end
 */
export function loadRideSeats(
  db: Db,
  rideId: string,
  { from, to }: { from: number; to: number | null },
  now: Date,
): Promise<RideSeatsRow | undefined> {
  return readRow(
    db,
    sql`select ride.leg_count as "legCount",
        (select coalesce(jsonb_agg(capacity - taken + ${lapsedSeats(now)} order by leg), '[]') from ride_legs
          where ride_id = ride.id and leg >= ${from} and leg < ride.leg_to) as "seatsLeft",
        (select jsonb_build_object('version', version, 'rows', rows, 'columns', columns, 'seats', seats)
          from seat_maps map where map.vehicle_id = ride.vehicle_id and map.version = ride.seat_map_version) as map,
        (select coalesce(jsonb_agg(distinct held.seat), '[]')
          from booking_seats held join bookings booking on booking.id = held.booking_id
          where held.ride_id = ride.id and held.holds and lower(held.legs) < ride.leg_to and upper(held.legs) > ${from}
            and (booking.state not in ${holdStates} or booking.expires_at > ${now})) as taken
      from (
        select *, coalesce(${to}::int, leg_count) as leg_to from rides
          cross join lateral (select count(*)::int as leg_count from ride_legs where ride_id = rides.id) legs
        where id = ${rideId}
      ) ride`,
    RideSeatsRow,
  )
}

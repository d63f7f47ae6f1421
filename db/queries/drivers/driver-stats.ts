import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'
import { unheardStates } from '#packages/booking/states.ts'

export const DriverStatsRow = z.object({
  ridesCompleted: z.coerce.number(),
  ridesCancelled: z.coerce.number(),
  metres: z.coerce.number(),
  seconds: z.coerce.number(),
  bookingsAsked: z.coerce.number(),
  bookingsAccepted: z.coerce.number(),
  bookingsCancelled: z.coerce.number(),
  passengers: z.coerce.number(),
  fares: z.coerce.number(),
  rating: RatingRow,
})
export type DriverStatsRow = z.infer<typeof DriverStatsRow>

/**
 * What a driver did on the rides that departed, or were to depart, in [from, to). A booking waited for an answer if it
 * has one or had until when (`expires_at` stays where nobody answered in time, and goes when the passenger withdraws);
 * it was the driver's to keep once it was neither waiting nor turned down. Kilometres are those of the route. The rating is
 * that of all time.
 */
export function loadDriverStats(
  db: Db,
  driverId: string,
  period: { from: Date | undefined; to: Date | undefined },
  now: Date,
): Promise<DriverStatsRow | undefined> {
  const from = period.from ?? '-infinity'
  const to = period.to ?? 'infinity'
  return readRow(
    db,
    sql`with ride as (
        select ride.id, ride.status, ride.started_at, ride.ended_at,
          route.vertex_metres[cardinality(route.vertex_metres)] as metres
        from rides ride join routes route on route.id = ride.route_id
        where ride.driver_id = ${driverId} and ride.departs_at >= ${from}::timestamptz and ride.departs_at < ${to}::timestamptz
      ), driven as (
        select count(*) filter (where status = 'completed') as "ridesCompleted",
          count(*) filter (where status = 'cancelled') as "ridesCancelled",
          coalesce(sum(metres) filter (where status = 'completed'), 0) as metres,
          coalesce(sum(extract(epoch from ended_at - started_at)) filter (where status = 'completed'), 0) as seconds
        from ride
      ), booked as (
        select count(*) filter (where answered_at is not null
            or (expires_at is not null and state not in ${unheardStates} and (state <> 'pending' or expires_at <= ${now}))) as "bookingsAsked",
          count(*) filter (where answered_at is not null and state <> 'rejected') as "bookingsAccepted",
          count(*) filter (where cancelled_by = 'driver' and expires_at is null) as "bookingsCancelled",
          coalesce(sum(seats) filter (where state = 'completed'), 0) as passengers,
          coalesce(sum(fare_amount) filter (where state = 'completed'), 0) as fares
        from bookings where ride_id in (select id from ride)
      )
      select driven.*, booked.*, ${ratingOf('person.id', 'driver')} as rating
      from driven, booked, (select ${driverId}::uuid as id) person`,
    DriverStatsRow,
  )
}

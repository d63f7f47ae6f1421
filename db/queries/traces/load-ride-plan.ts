import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { wayColumns } from '#db/queries/rides/stored-way.ts'
import { comingStates } from '#packages/booking/states.ts'
import { PlanRow } from '#packages/ride-room/ride-plan.ts'

/** How a ride is planned, for its room: the way, the stops, and where whoever comes along gets on and off. */
export function loadRidePlan(db: Db, rideId: string): Promise<PlanRow | undefined> {
  return readRow(
    db,
    sql`select extract(epoch from ride.departs_at)::float8 * 1000 as "departsAt", ${wayColumns},
        coalesce((select jsonb_agg(jsonb_build_object(
            'bookingId', id, 'passengerId', passenger_id, 'boarded', state = 'boarded', 'legFrom', leg_from, 'legTo', leg_to,
            'pickup', jsonb_build_object('lat', pickup_lat, 'lng', pickup_lng),
            'dropoff', jsonb_build_object('lat', dropoff_lat, 'lng', dropoff_lng)))
          from bookings where ride_id = ride.id and state in ${comingStates}), '[]') as bookings
      from rides ride join routes route on route.id = ride.route_id where ride.id = ${rideId}`,
    PlanRow,
  )
}

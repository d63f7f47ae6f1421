import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { activeStates } from '#packages/booking/states.ts'

const RidePeopleRow = z.object({
  rideId: z.string(),
  driverId: z.string(),
  passengers: z.array(z.string()),
})
export type RidePeopleRow = z.infer<typeof RidePeopleRow>

/**
 * Whom it concerns what becomes of these rides: the driver, and the passengers whose bookings hold seats, or held them until
 * the ride's end took or completed them.
 */
export function loadRidePeople(db: Db, rideIds: readonly string[]): Promise<RidePeopleRow[]> {
  return readRows(
    db,
    sql`select ride.id as "rideId", ride.driver_id as "driverId", coalesce((
        select jsonb_agg(distinct booking.passenger_id) from bookings booking
        where booking.ride_id = ride.id
          and (booking.state in ${activeStates} or (ride.ended_at is not null and booking.updated_at >= ride.ended_at))
      ), '[]') as passengers
      from rides ride
      where ride.id in ${idList(rideIds)}`,
    RidePeopleRow,
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { RideRow, rideView } from './ride-view.ts'

export function loadRide(db: Db, id: string, now: Date): Promise<RideRow | undefined> {
  return readRow(db, sql`with ride as (select * from rides where id = ${id}) ${rideView(now)}`, RideRow)
}

/** A driver's rides, newest first, older than `before`. */
export function listRides(
  db: Db,
  driverId: string,
  page: { before?: string | undefined; limit: number },
  now: Date,
): Promise<RideRow[]> {
  const older = page.before ? sql`and id < ${page.before}` : sql``
  return readRows(
    db,
    sql`with ride as (
        select * from rides where driver_id = ${driverId} ${older} order by id desc limit ${page.limit})
      ${rideView(now)} order by ride.id desc`,
    RideRow,
  )
}

const RideMemberRow = z.object({
  status: z.enum(rideStates),
  departsAt: z.coerce.date(),
  driverId: z.string(),
  bookingId: z.string().nullable(),
  bookingState: z.enum(['confirmed', 'boarded']).nullable(),
})

/** A ride and how this user belongs to it: as its driver, or through a confirmed booking, or not at all. */
export function loadRideMember(
  db: Db,
  rideId: string,
  userId: string,
): Promise<z.infer<typeof RideMemberRow> | undefined> {
  return readRow(
    db,
    sql`select ride.status, ride.departs_at as "departsAt", ride.driver_id as "driverId",
        booking.id as "bookingId", booking.state as "bookingState"
      from rides ride
      left join bookings booking on booking.ride_id = ride.id and booking.passenger_id = ${userId}
        and booking.state in ('confirmed', 'boarded')
      where ride.id = ${rideId}`,
    RideMemberRow,
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { releaseLegs } from '#db/queries/bookings/release-legs.ts'
import { tellBookings, tellRides } from '#db/queries/outbox/tell.ts'

const RideId = z.object({ id: z.string() })
type RideId = z.infer<typeof RideId>

export interface RideChange {
  rideId: string
  driverId: string
  now: Date
}

/** Bookings take this row's share lock while they are made: with it, all that were made are seen. */
const lockRide = ({ rideId, driverId }: RideChange) =>
  sql`select 1 from rides where id = ${rideId} and driver_id = ${driverId} for update`

/**
 * Starts a scheduled ride that departs by `departsBefore`. Bookings that wait for an answer lapse.
 * Undefined: not this driver's ride, not scheduled, or too early.
 */
export function startRide(db: Db, change: RideChange & { departsBefore: Date }): Promise<RideId | undefined> {
  const { now } = change
  return readRowLocked(
    db,
    lockRide(change),
    sql`with ride as (
        update rides set status = 'started', started_at = ${now}
        where id = ${change.rideId} and driver_id = ${change.driverId} and status = 'scheduled'
          and departs_at <= ${change.departsBefore}
        returning *
      ), lapsed as (
        update bookings set state = 'expired', updated_at = ${now}
        from ride where ride_id = ride.id and state = 'pending'
        returning bookings.*
      ), ${releaseLegs('lapsed')},
      told_ride as (${tellRides('ride', now)}), told_bookings as (${tellBookings('lapsed', 'booking.updated', now)})
      select id from ride`,
    RideId,
  )
}

/**
 * Completes a started ride; passengers on board have arrived.
 * Undefined: not this driver's ride, not started, or a confirmed passenger is neither on board nor marked absent.
 */
export function completeRide(db: Db, change: RideChange): Promise<RideId | undefined> {
  const { now } = change
  return readRowLocked(
    db,
    lockRide(change),
    sql`with ride as (
        update rides set status = 'completed', ended_at = ${now}
        where id = ${change.rideId} and driver_id = ${change.driverId} and status = 'started'
          and not exists (select 1 from bookings where ride_id = rides.id and state = 'confirmed')
        returning *
      ), arrived as (
        update bookings set state = 'completed', updated_at = ${now}
        from ride where ride_id = ride.id and state = 'boarded'
        returning bookings.*
      ), told_bookings as (${tellBookings('arrived', 'booking.updated', now)} returning id),
      -- The ride last, since its end closes the room.
      told_ride as (${tellRides('ride', now)} where (select count(*) from told_bookings) >= 0)
      select id from ride`,
    RideId,
  )
}

/**
 * Cancels a ride that is not over and every booking on it, also of those on board: a car can break down.
 * Undefined: not this driver's ride, or over.
 */
export function cancelRide(db: Db, change: RideChange): Promise<RideId | undefined> {
  const { now } = change
  return readRowLocked(
    db,
    lockRide(change),
    sql`with ride as (
        update rides set status = 'cancelled', ended_at = ${now}
        where id = ${change.rideId} and driver_id = ${change.driverId} and status in ('scheduled', 'started')
        returning *
      ), dropped as (
        update bookings set updated_at = ${now},
          state = case when state = 'pending' and expires_at <= ${now} then 'expired' else 'cancelled' end,
          cancelled_by = case when state = 'pending' and expires_at <= ${now} then null else 'driver' end
        from ride where ride_id = ride.id and state in ('pending', 'confirmed', 'boarded')
        returning bookings.*
      ), ${releaseLegs('dropped')},
      -- The ride first, which takes asking for it: passengers shall be told of the ride, not shown out one by one.
      told_ride as (${tellRides('ride', now)} returning id),
      told_bookings as (${tellBookings('dropped', 'booking.updated', now)} where (select count(*) from told_ride) >= 0)
      select id from ride`,
    RideId,
  )
}

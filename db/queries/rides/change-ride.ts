import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { tellBookings, tellRides } from '#db/queries/outbox/tell.ts'
import { endEntries, endWaiting } from '#db/queries/seats/end-entries.ts'
import { afterLapse, expireColumns } from '#db/queries/seats/lapse-holds.ts'
import { recordTransitions } from '#db/queries/seats/record-transitions.ts'
import { releaseSeats } from '#db/queries/seats/release-seats.ts'
import { activeStates, holdStates, unheardStates } from '#packages/booking/states.ts'
import { deleteCorridor } from './ride-corridor.ts'

const RideId = z.object({ id: z.string() })
type RideId = z.infer<typeof RideId>

export interface RideChange {
  rideId: string
  driverId: string
  now: Date
}

/** As `lockRide`, for its driver only. With it, all bookings that were made are seen. */
const lockOwnRide = ({ rideId, driverId }: RideChange) =>
  sql`select 1 from rides where id = ${rideId} and driver_id = ${driverId} for no key update`

/**
 * Starts a scheduled ride that departs by `departsBefore`. Bookings that wait for an answer and offers lapse.
 * Undefined: not this driver's ride, not scheduled, or too early.
 */
export function startRide(db: Db, change: RideChange & { departsBefore: Date }): Promise<RideId | undefined> {
  const { now, driverId } = change
  return readRowLocked(
    db,
    lockOwnRide(change),
    sql`with ride as (
        update rides set status = 'started', started_at = ${now}
        where id = ${change.rideId} and driver_id = ${driverId} and status = 'scheduled'
          and departs_at <= ${change.departsBefore}
        returning *
      ), lapsed as (
        update bookings set ${expireColumns(now)}
        from ride where ride_id = ride.id and state in ${holdStates}
        returning bookings.*
      ), ${afterLapse(driverId, now)}, waiting as (${endWaiting('ride', now)}), unlisted as (${deleteCorridor(sql`ride`)}),
      told_ride as (${tellRides('ride', now)})
      select id from ride`,
    RideId,
  )
}

/**
 * Completes a started ride; passengers on board have arrived.
 * Undefined: not this driver's ride, not started, or a confirmed passenger is neither on board nor marked absent.
 */
export function completeRide(db: Db, change: RideChange): Promise<RideId | undefined> {
  const { now, driverId } = change
  return readRowLocked(
    db,
    lockOwnRide(change),
    sql`with ride as (
        update rides set status = 'completed', ended_at = ${now}
        where id = ${change.rideId} and driver_id = ${driverId} and status = 'started'
          and not exists (select 1 from bookings where ride_id = rides.id and state = 'confirmed')
        returning *
      ), arrived as (
        update bookings set state = 'completed', updated_at = ${now}
        from ride where ride_id = ride.id and state = 'boarded'
        returning bookings.*
      ), steps as (${recordTransitions('arrived', driverId, now)}),
      told_bookings as (${tellBookings('arrived', 'booking.updated', now)} returning id),
      -- The ride last, since its end closes the room.
      told_ride as (${tellRides('ride', now)} where (select count(*) from told_bookings) >= 0)
      select id from ride`,
    RideId,
  )
}

/**
 * Cancels a ride that is not over and every booking on it, also of those on board: a car can break down. Offers, and bookings that
 * were not answered in time, expire.
 * Undefined: not this driver's ride, or over.
 */
export function cancelRide(db: Db, change: RideChange): Promise<RideId | undefined> {
  const { now, driverId } = change
  const expires = sql`(bookings.state in ${unheardStates} or (bookings.state = 'pending' and bookings.expires_at <= ${now}))`
  return readRowLocked(
    db,
    lockOwnRide(change),
    sql`with ride as (
        update rides set status = 'cancelled', ended_at = ${now}
        where id = ${change.rideId} and driver_id = ${driverId} and status in ('scheduled', 'started')
        returning *
      ), dropped as (
        update bookings set updated_at = ${now}, state = case when ${expires} then 'expired' else 'cancelled' end,
          cancelled_by = case when ${expires} then null else 'driver' end,
          expires_at = case when state in ${unheardStates} then null else expires_at end
        from ride where ride_id = ride.id and state in ${activeStates}
        returning bookings.*
      ), ${releaseSeats('dropped')}, offers as (${endEntries('dropped', 'lapsed', now)}),
      waiting as (${endWaiting('ride', now)}), unlisted as (${deleteCorridor(sql`ride`)}),
      steps as (${recordTransitions('dropped', driverId, now)}),
      -- The ride first, which takes asking for it: passengers shall be told of the ride, not shown out one by one.
      told_ride as (${tellRides('ride', now)} returning id),
      told_bookings as (${tellBookings('dropped', 'booking.updated', now)} where (select count(*) from told_ride) >= 0)
      select id from ride`,
    RideId,
  )
}

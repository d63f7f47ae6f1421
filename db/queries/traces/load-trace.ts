import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { ridingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

const instant = z.coerce.date().transform((date) => date.toISOString())

const TraceRow = z.object({
  status: z.enum(rideStates),
  driverId: z.string(),
  /** Of this person's booking, whatever became of it after they came along. */
  pickupAt: z.coerce.date().nullable(),
  trace: z
    .object({
      startedAt: instant,
      endedAt: instant,
      polyline: z.string(),
      seconds: z.array(z.number()),
      metres: z.number(),
    })
    .nullable(),
})

/** A ride with its trace, and how this person belongs to it: as its driver, or as who has (or had) a seat until the end. */
export function loadTrace(
  db: Db,
  rideId: string,
  userId: string,
): Promise<z.infer<typeof TraceRow> | undefined> {
  return readRow(
    db,
    sql`select ride.status, ride.driver_id as "driverId", booking.pickup_at as "pickupAt",
        case when trace.ride_id is not null then jsonb_build_object('startedAt', trace.started_at, 'endedAt', trace.ended_at,
          'polyline', trace.polyline, 'seconds', trace.seconds, 'metres', trace.metres) end as trace
      from rides ride
      left join bookings booking on booking.ride_id = ride.id and booking.passenger_id = ${userId}
        and booking.state in ${ridingStates}
      left join ride_traces trace on trace.ride_id = ride.id
      where ride.id = ${rideId}`,
    TraceRow,
  )
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { bookingStates, ridingStates } from '#packages/booking/states.ts'
import { payWays } from '#packages/payments/states.ts'

const RideBookingsRow = z.object({
  rideId: z.string(),
  /** When it arrived, or is to arrive. */
  endsAt: z.coerce.date(),
  bookings: z.array(
    z.object({
      bookingId: z.string(),
      state: z.enum(bookingStates),
      seats: z.number(),
      payWith: z.enum(payWays),
      /** Paise. What was agreed, or kept where it is settled; the tax is in the fee. */
      fare: z.number(),
      fee: z.number(),
      /** From when on the fare can be withdrawn; null as long as it is not settled. */
      availableAt: z.coerce.date().nullable(),
    }),
  ),
})

/**
 * The bookings of a ride that bring its driver something, or may: those that ride along or wait for an answer as they were
 * agreed, those that are settled as the ledger has them. Undefined: no such ride of this driver.
 */
export function loadRideBookings(
  db: Db,
  rideId: string,
  driverId: string,
): Promise<z.infer<typeof RideBookingsRow> | undefined> {
  return readRow(
    db,
    sql`with ride as (select * from rides where id = ${rideId} and driver_id = ${driverId}), earning as (
        select booking.id, booking.state, booking.seats, booking.pay_with, settled.available_at,
          coalesce(settled.fare, booking.fare_amount) as fare, coalesce(settled.fee, booking.fee_amount) as fee
        from ride join bookings booking on booking.ride_id = ride.id
        cross join lateral (
          select max(entry.available_at) as available_at,
            sum(case entry.account when 'driver' then entry.amount when 'passenger' then 0 end)
              filter (where entry.account in ('driver', 'passenger')) as fare,
            sum(case entry.account when 'passenger' then 0 else entry.amount end)
              filter (where entry.account in ('fee', 'tax', 'passenger')) as fee
          from ledger_transactions posted join ledger_entries entry on entry.transaction_id = posted.id
          where posted.booking_id = booking.id and posted.kind = 'settlement'
        ) settled
        where booking.state in ${['pending', ...ridingStates]} or settled.fare > 0 or settled.fee > 0
      )
      select ride.id as "rideId", coalesce(ride.ended_at, ride.arrives_at) as "endsAt",
        (select coalesce(jsonb_agg(jsonb_build_object('bookingId', id, 'state', state, 'seats', seats,
          'payWith', pay_with, 'fare', fare, 'fee', fee, 'availableAt', available_at) order by id), '[]')
          from earning) as bookings
      from ride`,
    RideBookingsRow,
  )
}

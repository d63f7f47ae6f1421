import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { rideChanged } from '#db/queries/bookings/booking-view.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { activeStates, type BookingState, bookingStates } from '#packages/booking/states.ts'
import type { FindingKind } from '#packages/ledger/findings.ts'
import { CancellationRule } from '#packages/refunds/cancellation-rule.ts'

/** The most payments that one run settles; the next one goes on. */
const BATCH_SIZE = 100
const FAILED: FindingKind = 'settlement_failed'
/** The ends after which nothing of what was paid goes back. */
const KEEPING: readonly BookingState[] = ['completed', 'no_show']

/** A captured payment that is to be settled, with all that decides on it; amounts are whole paise. */
export const UnsettledRow = z.object({
  id: z.string(),
  bookingId: z.string(),
  captured: z.number(),
  refunded: z.number(),
  surplus: z.boolean(),
  /** What operations gave back so far, by who bore it. */
  goodwillOfDriver: z.coerce.number(),
  goodwillOfPlatform: z.coerce.number(),
  passengerId: z.string(),
  driverId: z.string(),
  state: z.enum(bookingStates),
  history: z.array(z.object({ state: z.enum(bookingStates), at: z.coerce.date() })),
  cancelledBy: z.enum(bookingSides).nullable(),
  feeAmount: z.number(),
  pickupAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
  rule: CancellationRule,
  rideChanged: z.boolean(),
})
export type UnsettledRow = z.infer<typeof UnsettledRow>

/**
 * Captured payments whose booking has ended, or that came in for a booking that was paid already, the oldest first; of these
 * bookings, or of all that nobody has to look at first.
 *
 * Goodwill counts against what goes back, so as long as it may still fail, only what gives nothing back is settled.
 */
export function loadUnsettled(db: Db, bookingIds: readonly string[] | 'all'): Promise<UnsettledRow[]> {
  const given = (bearer: string) =>
    sql`(select coalesce(sum(amount), 0) from refunds
      where payment_id = payment.id and cause = 'goodwill' and state <> 'failed' and bearer = ${bearer})`
  const of =
    bookingIds === 'all'
      ? sql`and not exists (select 1 from money_findings where kind = ${FAILED} and reference = payment.id::text
          and resolved_at is null)`
      : sql`and payment.booking_id in ${idList(bookingIds)}`
  return readRows(
    db,
    sql`select payment.id, booking.id as "bookingId", payment.captured, payment.refunded, payment.surplus,
        ${given('driver')} as "goodwillOfDriver", ${given('platform')} as "goodwillOfPlatform",
        booking.passenger_id as "passengerId", ride.driver_id as "driverId", booking.state,
        (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'at', at) order by step), '[]')
          from booking_transitions where booking_id = booking.id) as history,
        booking.cancelled_by as "cancelledBy", booking.fee_amount as "feeAmount", booking.pickup_at as "pickupAt",
        booking.updated_at as "updatedAt", policy.rule, ${rideChanged('booking')} as "rideChanged"
      from payments payment
      join bookings booking on booking.id = payment.booking_id
      join rides ride on ride.id = booking.ride_id
      join cancellation_policies policy on policy.version = booking.policy_version
      where payment.state = 'captured' and payment.settled_at is null ${of}
        and (payment.surplus or booking.state not in ${activeStates})
        and (booking.state in ${KEEPING} or not exists (select 1 from refunds
          where payment_id = payment.id and cause = 'goodwill' and state in ('requested', 'sent')))
      order by payment.captured_at limit ${BATCH_SIZE}`,
    UnsettledRow,
  )
}

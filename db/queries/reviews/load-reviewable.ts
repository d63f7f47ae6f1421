import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { acceptedStates, type BookingState, bookingStates } from '#packages/booking/states.ts'

const endStates = ['completed', 'cancelled', 'no_show'] as const satisfies BookingState[]

export const ReviewableRow = z.object({
  bookingId: z.string(),
  state: z.enum(bookingStates),
  /** The side of who asks. */
  side: z.enum(bookingSides),
  accepted: z.boolean(),
  dropoffAt: z.coerce.date(),
  endedAt: z.coerce.date().nullable(),
  endedBy: z.enum(bookingSides).nullable(),
  /** When the reviews of the two sides can be read by all; null where there is none. */
  mineVisibleAt: z.coerce.date().nullable(),
  othersVisibleAt: z.coerce.date().nullable(),
})
export type ReviewableRow = z.infer<typeof ReviewableRow>

/** What decides whether this side of a booking may review the other. Undefined: not there, or of neither side. */
export function loadReviewable(db: Db, bookingId: string, userId: string): Promise<ReviewableRow | undefined> {
  const visibleAt = (whose: 'mine' | 'others') =>
    sql`(select visible_at from reviews where booking_id = booking.id
      and (author_id = ${userId}) = ${whose === 'mine'})`
  return readRow(
    db,
    sql`select booking.id as "bookingId", booking.state, booking.dropoff_at as "dropoffAt",
        case when booking.passenger_id = ${userId} then 'passenger' else 'driver' end as side,
        booking.state in ${acceptedStates} or exists (select 1 from booking_transitions
          where booking_id = booking.id and state in ${acceptedStates}) as accepted,
        case when booking.state in ${endStates} then coalesce((select max(at) from booking_transitions
          where booking_id = booking.id and state = booking.state), booking.updated_at) end as "endedAt",
        case booking.state when 'cancelled' then booking.cancelled_by when 'no_show' then 'driver' end as "endedBy",
        ${visibleAt('mine')} as "mineVisibleAt", ${visibleAt('others')} as "othersVisibleAt"
      from bookings booking join rides ride on ride.id = booking.ride_id
      where booking.id = ${bookingId} and (booking.passenger_id = ${userId} or ride.driver_id = ${userId})`,
    ReviewableRow,
  )
}

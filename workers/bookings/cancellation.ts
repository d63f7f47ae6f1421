import { z } from '@hono/zod-openapi'
import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { paise } from '#packages/fares/money.ts'
import { isAccepted, settleEnded as settleBooking } from '#packages/refunds/settle-ended.ts'
import { refundReasons, type Settlement, settleEnding } from '#packages/refunds/settle-ending.ts'
import { Money } from '../http/shapes.ts'

export const Refund = z
  .object({
    reason: z.enum(refundReasons),
    refund: Money.openapi({ description: 'What the passenger gets back of what was paid online' }),
    kept: Money,
    lines: z
      .array(
        z.object({
          item: z.enum(['fare', 'fee']),
          outcome: z.enum(['refunded', 'kept']),
          amount: Money,
          bearer: z.enum(['passenger', 'driver', 'platform']).openapi({
            description: 'Who is left without it',
          }),
        }),
      )
      .openapi({ description: 'Add up to exactly what was paid online' }),
  })
  .openapi('Refund')

export function presentRefund({ reason, refund, kept, lines }: Settlement): z.input<typeof Refund> {
  return {
    ...{ reason, refund: paise(refund), kept: paise(kept) },
    lines: lines.map((line) => ({ ...line, amount: paise(line.amount) })),
  }
}

/** What comes back if its passenger cancels a booking now. @param now Unix milliseconds */
export function settleNow(booking: BookingRow, now: number): Settlement {
  const { rule, rideChanged, pickupAt, state } = booking
  return settleEnding({
    ...{ ...paidFor(booking), rule, rideChanged, pickupAt: pickupAt.getTime() },
    ...{ accepted: isAccepted(state), cause: 'passenger', at: now },
  })
}

/** What comes back of a booking that has ended without a ride; null for any other. */
export function settleEnded(booking: BookingRow): Settlement | null {
  return settleBooking({ ...booking, ...paidFor(booking) })
}

/** What was paid through the platform; of cash it knows nothing. */
function paidFor({ paidAmount, feeAmount }: BookingRow): { fareAmount: number; feeAmount: number } {
  return paidAmount === 0 ? { fareAmount: 0, feeAmount: 0 } : { fareAmount: paidAmount - feeAmount, feeAmount }
}

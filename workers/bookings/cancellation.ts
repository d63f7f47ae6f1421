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
    givenBefore: Money.optional().openapi({
      description:
        'What of it operations gave back before, so that it does not come again; left out where nothing',
    }),
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

/** What comes back of what was paid, less what came back before. */
interface Coming extends Settlement {
  givenBefore: number
}

export function presentRefund({ reason, refund, givenBefore, kept, lines }: Coming): z.input<typeof Refund> {
  return {
    ...{ reason, refund: paise(refund), kept: paise(kept) },
    ...(givenBefore > 0 && { givenBefore: paise(givenBefore) }),
    lines: lines.map((line) => ({ ...line, amount: paise(line.amount) })),
  }
}

/** What comes back if its passenger cancels a booking now. @param now Unix milliseconds */
export function settleNow(booking: BookingRow, now: number): Coming {
  const { rule, rideChanged, pickupAt, state } = booking
  const settlement = settleEnding({
    ...{ ...paidFor(booking), rule, rideChanged, pickupAt: pickupAt.getTime() },
    ...{ accepted: isAccepted(state), cause: 'passenger', at: now },
  })
  return lessGiven(settlement, booking)
}

/** What comes back of a booking that has ended without a ride; null for any other. */
export function settleEnded(booking: BookingRow): Coming | null {
  const settlement = settleBooking({ ...booking, ...paidFor(booking) })
  return settlement && lessGiven(settlement, booking)
}

/** As it is settled: nobody gets back more than they paid. */
function lessGiven(settlement: Settlement, { paidAmount, givenAmount }: BookingRow): Coming {
  const refund = Math.min(settlement.refund, Math.max(0, paidAmount - givenAmount))
  return { ...settlement, refund, givenBefore: settlement.refund - refund }
}

/** What was paid through the platform; of cash it knows nothing. */
function paidFor({ paidAmount, feeAmount }: BookingRow): { fareAmount: number; feeAmount: number } {
  return paidAmount === 0 ? { fareAmount: 0, feeAmount: 0 } : { fareAmount: paidAmount - feeAmount, feeAmount }
}

import { z } from '@hono/zod-openapi'
import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { type BookingState, comingStates } from '#packages/booking/states.ts'
import { paise } from '#packages/fares/money.ts'
import { type Ending, refundReasons, type Settlement, settleEnding } from '#packages/refunds/settle-ending.ts'
import { Money } from '../http/shapes.ts'

/** Nothing is taken for booking yet. */
const FEE_AMOUNT = 0

export const Refund = z
  .object({
    reason: z.enum(refundReasons),
    refund: Money.openapi({ description: 'What the passenger gets back of what was paid' }),
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
      .openapi({ description: 'Add up to exactly what was paid' }),
  })
  .openapi('Refund')

export function presentRefund({ reason, refund, kept, lines }: Settlement): z.input<typeof Refund> {
  return {
    ...{ reason, refund: paise(refund), kept: paise(kept) },
    lines: lines.map((line) => ({ ...line, amount: paise(line.amount) })),
  }
}

const isAccepted = (state: BookingState) => comingStates.some((coming) => coming === state)
const causes = { cancelled: 'passenger', rejected: 'driver', expired: 'passenger', no_show: 'absence' } as const

/** What comes back if its passenger cancels a booking now. @param now Unix milliseconds */
export function settleNow(booking: BookingRow, now: number): Settlement {
  const accepted = isAccepted(booking.state)
  return settle(booking, { accepted, cause: 'passenger', at: now })
}

/** What comes back of a booking that has ended without a ride; null for any other. */
export function settleEnded(booking: BookingRow): Settlement | null {
  const { state, history, cancelledBy, updatedAt } = booking
  if (!isEnd(state)) return null
  const before = history.at(-2)?.state
  // What was not booked through the API has no history; it counts as accepted unless its end says otherwise.
  const accepted = before ? isAccepted(before) : state === 'cancelled' || state === 'no_show'
  const at = (history.at(-1)?.at ?? updatedAt).getTime()
  return settle(booking, { accepted, cause: cancelledBy ?? causes[state], at })
}

const isEnd = (state: string): state is keyof typeof causes => Object.hasOwn(causes, state)

function settle(booking: BookingRow, end: Pick<Ending, 'accepted' | 'cause' | 'at'>): Settlement {
  const { rule, fareAmount, rideChanged, pickupAt } = booking
  return settleEnding({
    ...end,
    rule,
    fareAmount,
    rideChanged,
    feeAmount: FEE_AMOUNT,
    pickupAt: pickupAt.getTime(),
  })
}

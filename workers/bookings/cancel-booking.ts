import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { refusalsOf } from '#packages/booking/transition.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { settleNow } from './cancellation.ts'
import { performAction } from './change.ts'
import { Booking, CancelBooking } from './contract.ts'
import { presentBooking } from './present.ts'
import { loadCancellable } from './preview-cancellation.ts'

export const cancelBooking = operation(
  {
    id: 'cancelBooking',
    method: 'post',
    path: '/bookings/{id}/cancel',
    tag: 'Bookings',
    summary: 'Cancel my booking, if I like only for the refund that I was shown; its seats become free',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: CancelBooking,
    bodyOptional: true,
    replies: { 200: Booking },
    errors: [...refusalsOf('cancel'), 'booking_expired', 'cancellation_changed', 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const change = { bookingId: params.id, action: 'cancel', side: 'passenger' } as const
    const booking = body.refund
      ? await performAction(ctx, {
          ...{ ...change, otherwise: 'cancellation_changed' },
          seen: await confirmRefund(ctx, params.id, body.refund.amount),
        })
      : await performAction(ctx, change)
    return ok(await presentBooking(booking, ctx))
  },
)

/** The booking as it is when what was shown is what its passenger would get. Throws `cancellation_changed`. */
async function confirmRefund(ctx: Ctx, bookingId: string, shown: number): Promise<BookingRow> {
  const booking = await loadCancellable(ctx, bookingId)
  if (settleNow(booking, ctx.now).refund !== shown) throw new Problem('cancellation_changed')
  return booking
}

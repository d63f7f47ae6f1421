import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { refusalsOf, transition } from '#packages/booking/transition.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRefund, Refund, settleNow } from './cancellation.ts'
import { hasLapsed } from './change.ts'

export const previewCancellation = operation(
  {
    id: 'previewCancellation',
    method: 'get',
    path: '/bookings/{id}/cancellation',
    tag: 'Bookings',
    summary: 'What I get back if I cancel my booking now; bring `refund` along to cancel on these terms only',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Refund },
    errors: [...refusalsOf('cancel'), 'booking_expired'],
  },
  async (ctx, { params }) => {
    const booking = await loadCancellable(ctx, params.id)
    return ok(presentRefund(settleNow(booking, ctx.now)))
  },
)

/** A booking that its passenger could cancel now. Throws `not_found` or why it cannot be cancelled. */
export async function loadCancellable(ctx: Ctx, id: string): Promise<BookingRow> {
  const booking = await loadBooking(ctx.db, id, ctx.actor.userId)
  if (booking?.passengerId !== ctx.actor.userId) throw new Problem('not_found')
  const answer = transition(booking.state, 'cancel')
  if ('refused' in answer) throw new Problem(answer.refused)
  if (hasLapsed(booking, ctx.now)) throw new Problem('booking_expired')
  return booking
}

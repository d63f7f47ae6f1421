import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { performAction } from './change.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const markAbsent = operation(
  {
    id: 'markAbsent',
    method: 'post',
    path: '/bookings/{id}/absent',
    tag: 'Bookings',
    summary: 'Mark a passenger who did not come',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Booking },
    errors: [
      'booking_not_confirmed',
      'booking_boarded',
      'booking_expired',
      'booking_not_active',
      'concurrent_change',
    ],
  },
  async (ctx, { params }) => {
    const booking = await performAction(ctx, { bookingId: params.id, action: 'mark_absent', side: 'driver' })
    return ok(await presentBooking(booking, ctx))
  },
)

import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { performAction } from './change.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const rejectBooking = operation(
  {
    id: 'rejectBooking',
    method: 'post',
    path: '/bookings/{id}/reject',
    tag: 'Bookings',
    summary: 'Reject a booking on my ride; its seats become free',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Booking },
    errors: ['booking_not_pending', 'booking_expired', 'booking_not_active', 'concurrent_change'],
  },
  async (ctx, { params }) => {
    const booking = await performAction(ctx, { bookingId: params.id, action: 'reject', side: 'driver' })
    return ok(await presentBooking(booking, ctx))
  },
)

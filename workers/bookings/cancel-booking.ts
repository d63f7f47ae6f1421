import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { performAction } from './change.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const cancelBooking = operation(
  {
    id: 'cancelBooking',
    method: 'post',
    path: '/bookings/{id}/cancel',
    tag: 'Bookings',
    summary: 'Cancel my booking; its seats become free',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Booking },
    errors: ['booking_boarded', 'booking_expired', 'booking_not_active', 'concurrent_change'],
  },
  async (ctx, { params }) => {
    const booking = await performAction(ctx, { bookingId: params.id, action: 'cancel', side: 'passenger' })
    return ok(await presentBooking(booking, ctx))
  },
)

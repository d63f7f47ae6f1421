import { takeUpOffer as takeUp } from '#db/queries/bookings/take-up-offer.ts'
import { refusalsOf } from '#packages/booking/transition.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { whyRefused } from './change.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const takeUpOffer = operation(
  {
    id: 'takeUpOffer',
    method: 'post',
    path: '/bookings/{id}/take-up',
    tag: 'Waitlist',
    summary:
      'Take the seats that are held for me: confirmed at once on an instant route, else the driver answers',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Booking },
    errors: [...refusalsOf('take_up'), 'booking_expired', 'ride_departed'],
  },
  async (ctx, { params }) => {
    const offer = { bookingId: params.id, passengerId: ctx.actor.userId }
    const booking = await takeUp(ctx.db, offer, new Date(ctx.now))
    if (booking) return ok(await presentBooking(booking, ctx))
    throw await whyRefused(ctx, {
      ...{ bookingId: params.id, action: 'take_up', side: 'passenger', otherwise: 'ride_departed' },
    })
  },
)

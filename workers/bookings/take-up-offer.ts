import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { takeUpOffer as takeUp } from '#db/queries/bookings/take-up-offer.ts'
import { choosePaying, refusalOfPaying } from '#packages/booking/paying.ts'
import { refusalsOf } from '#packages/booking/transition.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { whyRefused } from './change.ts'
import { Booking, TakeUp } from './contract.ts'
import { presentBooking } from './present.ts'

export const takeUpOffer = operation(
  {
    id: 'takeUpOffer',
    method: 'post',
    path: '/bookings/{id}/take-up',
    tag: 'Waitlist',
    summary:
      'Take the seats that are held for me: confirmed at once on an instant route, else the driver answers; who pays online pays first',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: TakeUp,
    bodyOptional: true,
    replies: { 200: Booking },
    errors: [
      ...refusalsOf('take_up'),
      'booking_expired',
      'ride_departed',
      'cash_not_accepted',
      'online_payment_unavailable',
    ],
  },
  async (ctx, { params, body }) => {
    const offer = await loadBooking(ctx.db, params.id, ctx.actor.userId)
    if (offer?.passengerId !== ctx.actor.userId) throw new Problem('not_found')
    const fare = { fareAmount: offer.fareAmount, departsAt: offer.departsAt.getTime() }
    const paying = choosePaying(fare, body.payWith ?? null, ctx.payments !== null, ctx.now)
    const taken = { bookingId: offer.id, passengerId: offer.passengerId, paying }
    const booking = await takeUp(ctx.db, taken, new Date(ctx.now))
    if (booking) return ok(await presentBooking(booking, ctx))
    throw await whyRefused(ctx, {
      ...{ bookingId: params.id, action: 'take_up', side: 'passenger' },
      otherwise: refusalOfPaying(paying, offer.cashAccepted) ?? 'ride_departed',
    })
  },
)

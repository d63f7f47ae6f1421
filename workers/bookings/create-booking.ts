import { claimSeats } from '#db/queries/bookings/claim-seats.ts'
import { loadRide } from '#db/queries/rides/load-rides.ts'
import { answerDeadline } from '#packages/booking/answer-deadline.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { openQuote, type Quote } from '#packages/quotes/quote.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { Booking, NewBooking } from './contract.ts'
import { presentBooking } from './present.ts'

export const createBooking = operation(
  {
    id: 'createBooking',
    method: 'post',
    path: '/bookings',
    tag: 'Bookings',
    summary: 'Book what a quote offers: confirmed at once on an instant route, else the driver answers',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewBooking,
    replies: { 201: Booking },
    errors: [
      'quote_invalid',
      'quote_expired',
      'quote_used',
      'ride_full',
      'own_ride',
      'already_booked',
      'ride_departed',
    ],
  },
  async (ctx, { body }) => {
    const quote = await openQuote(ctx.keys.quote, body.quote, ctx.actor.userId, ctx.now)
    const { pickup, dropoff, rideId, seats, legFrom, legTo, fareAmount, currency, passengerId } = quote
    const booking = await claimSeats(
      ctx.db,
      {
        ...{
          id: uuidv7(ctx.now),
          quoteId: quote.id,
          rideId,
          passengerId,
          seats,
          legFrom,
          legTo,
          fareAmount,
          currency,
        },
        ...{ pickupLat: pickup.lat, pickupLng: pickup.lng, pickupAt: new Date(pickup.at) },
        ...{ dropoffLat: dropoff.lat, dropoffLng: dropoff.lng, dropoffAt: new Date(dropoff.at) },
        answerBy: new Date(answerDeadline(ctx.now, quote.departsAt)),
      },
      new Date(ctx.now),
    )
    if (!booking) throw await whyNot(ctx, quote)
    return created(await presentBooking(booking, ctx))
  },
)

async function whyNot(ctx: Ctx, quote: Quote): Promise<Problem> {
  const ride = await loadRide(ctx.db, quote.rideId, new Date(ctx.now))
  return new Problem(ride?.driverId === ctx.actor.userId ? 'own_ride' : 'ride_departed')
}

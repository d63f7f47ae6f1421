import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { claimSeats } from '#db/queries/bookings/claim-seats.ts'
import { inspectClaim } from '#db/queries/bookings/inspect-claim.ts'
import { answerDeadline } from '#packages/booking/answer-deadline.ts'
import { choosePaying, type Paying, refusalOfPaying } from '#packages/booking/paying.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { type OpenQuote, openQuote } from '#packages/quotes/quote.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { Booking, NewBooking } from './contract.ts'
import { offerFreedSeats } from './offer-freed-seats.ts'
import { presentBooking } from './present.ts'

export const createBooking = operation(
  {
    id: 'createBooking',
    method: 'post',
    path: '/bookings',
    tag: 'Bookings',
    summary:
      'Book what a quote offers: confirmed at once on an instant route, else the driver answers; who pays online pays first',
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
      'quote_outdated',
      'ride_full',
      'cash_not_accepted',
      'online_payment_unavailable',
      'seat_unknown',
      'seat_taken',
      'own_ride',
      'women_only_ride',
      'same_gender_ride',
      'same_gender_not_possible',
      'already_booked',
      'ride_departed',
    ],
  },
  async (ctx, { body }) => {
    const quote = await openQuote(ctx.keys.quote, body.quote, ctx.actor.userId, ctx.now)
    const { seatIds = null, sameGender } = body
    if (seatIds && seatIds.length !== quote.seats)
      throw fieldProblem('invalid_fields', 'seatIds', `As many as the quote has: ${quote.seats}`)
    const paying = choosePaying(quote, body.payWith ?? null, ctx.payments !== null, ctx.now)
    const answerBy = new Date(answerDeadline(ctx.now, quote.departsAt))
    const claim = { quote, seatIds, sameGender, paying, answerBy }
    const book = () => claimSeats(ctx.db, { ...claim, id: uuidv7(ctx.now) }, new Date(ctx.now))
    const booking = (await book()) ?? (await bookAfterOthers(ctx, claim, book))
    return created(await presentBooking(booking, ctx))
  },
)

interface Claim {
  quote: OpenQuote
  seatIds: readonly string[] | null
  sameGender: boolean
  paying: Paying
}

/** Explains a refusal. Where nothing is wrong but that others wait for the seats, they come first. */
async function bookAfterOthers(
  ctx: Ctx,
  { quote, seatIds, sameGender, paying }: Claim,
  book: () => Promise<BookingRow | undefined>,
): Promise<BookingRow> {
  const ride = await inspectClaim(ctx.db, { quote, sameGender }, new Date(ctx.now))
  if (ride?.ownRide) throw new Problem('own_ride')
  if (ride?.forOthers) throw new Problem('women_only_ride')
  if (!ride?.open) throw new Problem('ride_departed')
  if (ride.outdated) throw new Problem('quote_outdated')
  const refusal = refusalOfPaying(paying, ride.cashAccepted)
  if (refusal) throw new Problem(refusal)
  if (ride.wishFails) throw new Problem('same_gender_not_possible')
  if (ride.breaksWish) throw new Problem('same_gender_ride')
  const unknown = seatIds?.findIndex((id) => !ride.seatIds?.includes(id)) ?? -1
  if (unknown >= 0)
    throw fieldProblem(
      'seat_unknown',
      ride.seatIds ? `seatIds.${unknown}` : 'seatIds',
      ride.seatIds ? 'Not a seat for passengers of this ride' : 'The seats of this ride have no names',
    )
  await offerFreedSeats(ctx, quote.rideId)
  const booking = await book()
  if (!booking) throw new Problem('ride_full')
  return booking
}

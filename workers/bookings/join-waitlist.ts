import { inspectJoin, joinWaitlist as join } from '#db/queries/waitlist/join-waitlist.ts'
import type { WaitlistOffer, WaitlistRow } from '#db/queries/waitlist/waitlist-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { openQuote } from '#packages/quotes/quote.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { offerFreedSeats } from './offer-freed-seats.ts'
import { NewWaitlistEntry, presentWaitlistEntry, WaitlistEntry } from './waitlist-contract.ts'

export const joinWaitlist = operation(
  {
    id: 'joinWaitlist',
    method: 'post',
    path: '/bookings/waitlist',
    tag: 'Waitlist',
    summary: 'Wait for the seats of a quote that are taken; who waits longest is offered them first',
    access: 'user',
    limit: 'write',
    idempotent: true,
    announces: true,
    body: NewWaitlistEntry,
    replies: { 201: WaitlistEntry },
    errors: [
      'quote_invalid',
      'quote_expired',
      'quote_used',
      'quote_outdated',
      'own_ride',
      'women_only_ride',
      'same_gender_not_possible',
      'ride_departed',
      'ride_full',
      'already_booked',
      'already_waiting',
      'seats_available',
    ],
  },
  async (ctx, { body }) => {
    const quote = await openQuote(ctx.keys.quote, body.quote, ctx.actor.userId, ctx.now)
    const offer = { ...quote, sameGender: body.sameGender }
    const lineUp = () => join(ctx.db, uuidv7(ctx.now), offer, new Date(ctx.now))
    const entry = (await lineUp()) ?? (await joinAfterOthers(ctx, offer, lineUp))
    return created(presentWaitlistEntry(entry))
  },
)

/** Explains a refusal. Seats that are free may still be due to others who wait. */
async function joinAfterOthers(
  ctx: Ctx,
  quote: WaitlistOffer,
  lineUp: () => Promise<WaitlistRow | undefined>,
): Promise<WaitlistRow> {
  const ride = await inspectJoin(ctx.db, quote, new Date(ctx.now))
  if (ride?.ownRide) throw new Problem('own_ride')
  if (ride?.forOthers) throw new Problem('women_only_ride')
  if (!ride?.open) throw new Problem('ride_departed')
  if (ride.outdated) throw new Problem('quote_outdated')
  if (ride.otherDriver) throw new Problem('same_gender_not_possible')
  if (ride.booked) throw new Problem('already_booked')
  if (ride.used) throw new Problem('quote_used')
  if (!ride.fits) throw new Problem('ride_full', { detail: 'The ride has fewer seats, taken or not' })
  await offerFreedSeats(ctx, quote.rideId)
  const entry = await lineUp()
  if (!entry) throw new Problem('seats_available')
  return entry
}

import { z } from '@hono/zod-openapi'
import type { WaitlistRow } from '#db/queries/waitlist/waitlist-view.ts'
import { WAITLIST_STATES } from '#db/schema/index.ts'
import { paise } from '#packages/fares/money.ts'
import type { Quote } from '#packages/quotes/quote.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { Id, Instant, Money } from '../http/shapes.ts'
import { Place, QuoteToken, SameGender } from './contract.ts'

export const NewWaitlistEntry = z
  .strictObject({ quote: QuoteToken, sameGender: SameGender })
  .openapi('NewWaitlistEntry')

export const WaitlistEntry = z
  .object({
    id: Id,
    state: z.enum(WAITLIST_STATES).openapi({
      description:
        'offered: seats are held, take the booking up in time; lapsed: nobody did, or it is too late',
    }),
    ahead: z.int().openapi({ description: 'How many have waited longer' }),
    ride: z.object({ id: Id, status: z.enum(rideStates), departsAt: Instant }),
    seats: z.int(),
    legs: z.object({ from: z.int(), to: z.int() }),
    pickup: Place,
    dropoff: Place,
    sameGender: z.boolean(),
    fare: Money,
    bookingId: Id.nullable().openapi({ description: 'The offer, and the booking that it became' }),
    createdAt: Instant,
  })
  .openapi('WaitlistEntry')

export function presentWaitlistEntry(entry: WaitlistRow): z.input<typeof WaitlistEntry> {
  const { id, state, ahead, bookingId, offer, departsAt } = entry
  const delay = departsAt.getTime() - offer.departsAt
  const place = ({ lat, lng, at }: Quote['pickup']) => ({
    position: { lat, lng },
    at: new Date(at + delay).toISOString(),
  })
  return {
    ...{ id, state, ahead, bookingId, seats: offer.seats, sameGender: offer.sameGender },
    ride: { id: entry.rideId, status: entry.rideStatus, departsAt: departsAt.toISOString() },
    legs: { from: offer.legFrom, to: offer.legTo },
    pickup: place(offer.pickup),
    dropoff: place(offer.dropoff),
    fare: paise(offer.fareAmount),
    createdAt: entry.createdAt.toISOString(),
  }
}

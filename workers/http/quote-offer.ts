import type { z } from '@hono/zod-openapi'
import type { Offer } from '#db/queries/rides/with-seats.ts'
import { bookingFee } from '#packages/fares/booking-fee.ts'
import { paise } from '#packages/fares/money.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { MeetingPlace } from '#packages/matching/match-ride.ts'
import { QUOTE_SECONDS, signQuote } from '#packages/quotes/quote.ts'
import { presentRating } from './rating.ts'
import type { SearchResult } from './search-result.ts'

interface Asker {
  passengerId: string
  seats: number
  now: number
  /** Whether passengers can pay online now. */
  takesPayments: boolean
}

const iso = (instant: number) => new Date(instant).toISOString()

function presentPlace({ point, at, walkMetres }: MeetingPlace) {
  return { position: point, at: iso(at), walk: Math.round(walkMetres) }
}

/** Presents an offer with a signed quote that books exactly it. */
export async function quoteOffer(
  key: Uint8Array,
  offer: Offer,
  asker: Asker,
): Promise<z.input<typeof SearchResult>> {
  const { ride, departsAt, match, fare, seatsLeft, sameGenderOnly } = offer
  const { rideId, routeId, vehicle, bookingMode, womenOnly, luggage, amenities, cashAccepted } = ride
  const { legFrom, legTo } = match
  const quote = await signQuote(
    key,
    {
      ...{ id: uuidv7(asker.now), passengerId: asker.passengerId, rideId, seats: asker.seats, legFrom, legTo },
      departsAt: departsAt.getTime(),
      pickup: { ...match.pickup.point, at: match.pickup.at },
      dropoff: { ...match.dropoff.point, at: match.dropoff.at },
      fareAmount: fare,
      currency: 'INR',
    },
    asker.now,
  )
  return {
    ...{
      rideId,
      routeId,
      vehicle,
      bookingMode,
      womenOnly,
      sameGenderOnly,
      luggage,
      amenities,
      cashAccepted,
      seatsLeft,
      quote,
    },
    driver: { id: ride.driverId, name: ride.driverName, rating: presentRating(offer.rating) },
    departsAt: departsAt.toISOString(),
    pickup: presentPlace(match.pickup),
    dropoff: presentPlace(match.dropoff),
    legs: { from: legFrom, to: legTo },
    distance: Math.round(match.sharedMetres),
    fare: paise(fare),
    onlineFee: asker.takesPayments ? paise(bookingFee(fare).total) : null,
    quoteExpiresAt: iso(asker.now + QUOTE_SECONDS * 1000),
  }
}

import type { z } from '@hono/zod-openapi'
import { loadOfferedRides, type OfferedRideRow } from '#db/queries/rides/load-offered-rides.ts'
import type { Ctx } from '../context.ts'
import { fitsFilters } from './fits-filters.ts'
import type { MatchedRide } from './match-candidate.ts'
import type { SearchQuery } from './search-contract.ts'

/** A matched ride with enough seats on the passenger's legs. */
export interface Offer extends MatchedRide {
  ride: OfferedRideRow
  seatsLeft: number
}

type Query = z.output<typeof SearchQuery>
type Wanted = Pick<Query, 'seats' | 'limit'> & Partial<Pick<Query, 'filters' | 'full'>>

/**
 * The first matches, in their order, that have seats (or need none, where full ones are wanted too) and what was asked for, at most `limit` of them, and whether there are more. Rides are looked at
 * in batches that double, so that a sold-out road takes a few questions and not one for each page of it.
 */
export async function fillPage(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  ranked: readonly MatchedRide[],
  { seats, limit, filters = {}, full = false }: Wanted,
): Promise<{ offers: Offer[]; hasMore: boolean }> {
  const offers: Offer[] = []
  let size = limit + 1
  for (let from = 0; from < ranked.length && offers.length <= limit; ) {
    const batch = ranked.slice(from, from + size)
    const ids = batch.map((matched) => matched.id)
    const rides = new Map((await loadOfferedRides(db, ids, new Date(now))).map((ride) => [ride.rideId, ride]))
    from += size
    size *= 2
    const offered = batch.flatMap(
      (matched) => withSeats(matched, rides.get(matched.id), full ? 0 : seats) ?? [],
    )
    offers.push(...offered.filter(({ ride, fare }) => fitsFilters(filters, ride, fare)))
  }
  return { offers: offers.slice(0, limit), hasMore: offers.length > limit }
}

function withSeats(matched: MatchedRide, ride: OfferedRideRow | undefined, seats: number): Offer | undefined {
  if (!ride) return undefined
  const seatsLeft = Math.min(...ride.seatsLeft.slice(matched.match.legFrom, matched.match.legTo))
  return seatsLeft < seats ? undefined : { ...matched, ride, seatsLeft }
}

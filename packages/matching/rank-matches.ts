/** What the order of results depends on. */
export interface Candidate {
  id: string
  /** Walks at both ends together. */
  walkMetres: number
  /** The passenger's own pickup, Unix milliseconds. */
  pickupAt: number
  /** Fare for the passenger's legs, minor units. */
  fare: number
  /** Mean of 1 to 5 stars; null before the first review. */
  driverRating: number | null
}

/** `relevance` weighs all of it; the others are what they say, the least or the earliest first, the best rated first. */
export const SORTS = ['relevance', 'departure', 'price', 'walk', 'rating'] as const
export type Sort = (typeof SORTS)[number]

export interface Order {
  sort: Sort
  /** Wanted time of the pickup, Unix milliseconds; null where any time of the day will do. */
  wantedAt: number | null
}

/** A metre takes 0.8 s on foot, and walking weighs twice as much as riding (M. Wardman, Transport Policy 11, 2004). */
const SECONDS_PER_WALK_METRE = 1.6
/** Leaving earlier or later than wanted is spent at home or at work, so it weighs half. */
const SECONDS_PER_SECOND_OFF = 0.5
/** An hour is taken to be worth ₹100: an estimate to be tuned on real choices. */
const SECONDS_PER_PAISA = 0.36
/** A star less is taken to be worth ten minutes: it decides between like rides, not against a near one. */
const SECONDS_PER_MISSING_STAR = 600
/** Who has no review yet stands a little below the usual mean, so that good records count and beginners are seen. */
const UNRATED_STARS = 4
/** Ratings are compared to a hundredth of a star, as they are shown. */
const RATING_STEPS = 100

/** Trouble of a ride in whole seconds, less is better. */
function troubleOf(candidate: Candidate, wantedAt: number | null): number {
  const secondsOff = wantedAt === null ? 0 : Math.abs(candidate.pickupAt - wantedAt) / 1000
  const missingStars = 5 - (candidate.driverRating ?? UNRATED_STARS)
  return Math.round(
    candidate.walkMetres * SECONDS_PER_WALK_METRE +
      secondsOff * SECONDS_PER_SECOND_OFF +
      candidate.fare * SECONDS_PER_PAISA +
      missingStars * SECONDS_PER_MISSING_STAR,
  )
}

const ranks: Record<Sort, (candidate: Candidate, wantedAt: number | null) => number> = {
  relevance: troubleOf,
  departure: ({ pickupAt }) => pickupAt,
  price: ({ fare }) => fare,
  walk: ({ walkMetres }) => Math.round(walkMetres),
  // Who has no review yet comes last.
  rating: ({ driverRating }) => -Math.round((driverRating ?? 0) * RATING_STEPS),
}

/** Where a candidate stands in an order, less is before; whole, so that it can stand in a page cursor. */
export function rankOf(candidate: Candidate, { sort, wantedAt }: Order): number {
  return ranks[sort](candidate, wantedAt)
}

/** The candidates in a total order, equals by id: the same set gives the same pages. */
export function rankMatches<T extends Candidate>(candidates: readonly T[], order: Order): T[] {
  return candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate, order) }))
    .toSorted((a, b) => a.rank - b.rank || compareIds(a.candidate.id, b.candidate.id))
    .map(({ candidate }) => candidate)
}

/** By code unit, as a database with collation "C" does; not by locale, which differs between machines. */
function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

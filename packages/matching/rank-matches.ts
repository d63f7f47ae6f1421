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

/** A metre takes 0.8 s on foot, and walking weighs twice as much as riding (M. Wardman, Transport Policy 11, 2004). */
export const SECONDS_PER_WALK_METRE = 1.6
/** Leaving earlier or later than wanted is spent at home or at work, so it weighs half. */
export const SECONDS_PER_SECOND_OFF = 0.5
/** An hour is taken to be worth ₹100: an estimate to be tuned on real choices. */
export const SECONDS_PER_PAISA = 0.36
/** A star less is taken to be worth ten minutes: it decides between like rides, not against a near one. */
export const SECONDS_PER_MISSING_STAR = 600
/** Who has no review yet stands a little below the usual mean, so that good records count and beginners are seen. */
export const UNRATED_STARS = 4

/** Trouble of a ride in whole seconds, less is better; whole, so that it can stand in a page cursor. */
export function troubleOf(candidate: Candidate, wantedAt: number): number {
  const secondsOff = Math.abs(candidate.pickupAt - wantedAt) / 1000
  const missingStars = 5 - (candidate.driverRating ?? UNRATED_STARS)
  return Math.round(
    candidate.walkMetres * SECONDS_PER_WALK_METRE +
      secondsOff * SECONDS_PER_SECOND_OFF +
      candidate.fare * SECONDS_PER_PAISA +
      missingStars * SECONDS_PER_MISSING_STAR,
  )
}

/** The candidates in a total order, least trouble first, equals by id: the same set gives the same pages. */
export function rankMatches<T extends Candidate>(candidates: readonly T[], wantedAt: number): T[] {
  return candidates
    .map((candidate) => ({ candidate, trouble: troubleOf(candidate, wantedAt) }))
    .toSorted((a, b) => a.trouble - b.trouble || compareIds(a.candidate.id, b.candidate.id))
    .map(({ candidate }) => candidate)
}

/** By code unit, as a database with collation "C" does; not by locale, which differs between machines. */
function compareIds(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

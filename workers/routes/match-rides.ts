import { type CandidateQuery, type CandidateRow, findCandidates } from '#db/queries/rides/find-candidates.ts'
import { type MatchedRide, matchCandidate } from '#db/queries/rides/match-candidate.ts'
import type { Ctx } from '../context.ts'
import { middleOf, type Search } from './search.ts'
import { isBehind, type Mark } from './search-cursor.ts'

/** Which of the rides that match. */
export interface Among {
  /** Those behind this mark in the order of the search. */
  behind?: Mark | undefined
  /** So many are compared at once. */
  limit?: number | undefined
}

/** The rides that pass as a search asks, nearest to its wanted time where there are more than the limit, matched exactly. */
export async function matchRides(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  search: Search,
  { behind, limit }: Among,
): Promise<MatchedRide[]> {
  const query = { ...asked(search, now), wantedAt: middleOf(search, now) }
  return matchAll(await findCandidates(db, query, limit), search, behind)
}

/** What the database is asked for, without which rides come first. */
export function asked(search: Search, now: number): Omit<CandidateQuery, 'wantedAt'> {
  const { pickup, dropoff, radiusMetres, earliest, latest, passengerId, filters } = search
  return {
    ...{ pickup, dropoff, radiusMetres, passengerId, needs: filters, now: new Date(now) },
    earliest: new Date(earliest),
    latest: new Date(latest),
  }
}

/** The exact matches of a search among candidates, in any order. */
export function matchAll(
  rows: readonly CandidateRow[],
  search: Search,
  behind: Mark | undefined,
): MatchedRide[] {
  const { maxFare } = search.filters
  return rows
    .flatMap((row) => matchCandidate(row, search, search.seats) ?? [])
    .filter((match) => !maxFare || match.fare <= maxFare.amount)
    .filter((match) => !behind || isBehind(match, search, behind))
}

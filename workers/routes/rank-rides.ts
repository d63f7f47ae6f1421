import { CANDIDATE_LIMIT, type CandidateRow, findCandidates } from '#db/queries/rides/find-candidates.ts'
import type { MatchedRide } from '#db/queries/rides/match-candidate.ts'
import { rankMatches } from '#packages/matching/rank-matches.ts'
import type { Ctx } from '../context.ts'
import { type Among, asked, matchAll, matchRides } from './match-rides.ts'
import type { Search } from './search.ts'

/** After so many statements a page by pickup time ends where it has come to. */
const MAX_ROUNDS = 5

/** Matches in their order, all of them before those of the next stretch. */
export interface Stretch {
  ranked: readonly MatchedRide[]
  /** Where what was not looked at begins, as a pickup in Unix milliseconds; null where another stretch follows or nothing is left. */
  unseenFrom: number | null
}

type Reader = Pick<Ctx, 'db' | 'now'>

/**
 * The rides that serve a passenger, in the order they asked for. By pickup time it goes on until there are no more, or MAX_ROUNDS
 * are over and a next page goes on; by anything else all that are compared are there at once.
 */
export function rankRides(ctx: Reader, search: Search, among: Among): AsyncGenerator<Stretch> {
  return search.sort === 'departure' ? byPickup(ctx, search, among) : atOnce(ctx, search, among)
}

async function* atOnce(ctx: Reader, search: Search, { behind, limit }: Among): AsyncGenerator<Stretch> {
  const matches = await matchRides(ctx, search, { behind, limit })
  yield { ranked: rankMatches(matches, search), unseenFrom: null }
}

/**
 * Nobody is picked up before the departure. So when all rides that depart before an instant were looked at, the pickups before
 * it are complete: it asks in the order of departures and gives away what that settles.
 */
async function* byPickup(
  ctx: Reader,
  search: Search,
  { behind, limit = CANDIDATE_LIMIT }: Among,
): AsyncGenerator<Stretch> {
  const earliest = new Date(Math.max(search.earliest, behind?.rank ?? search.earliest))
  const query = { ...asked(search, ctx.now), earliest, wantedAt: null }
  let after: CandidateRow | undefined
  let waiting: MatchedRide[] = []
  for (let round = 1; ; round++) {
    const rows = await findCandidates(ctx.db, { ...query, after }, limit)
    after = rows.length < limit ? undefined : rows.at(-1)
    const seenUntil = after?.departsAt.getTime() ?? Number.POSITIVE_INFINITY
    const all = [...waiting, ...matchAll(rows, search, behind)]
    waiting = all.filter(({ pickupAt }) => pickupAt >= seenUntil)
    const settled = all.filter(({ pickupAt }) => pickupAt < seenUntil)
    // A page that goes on later has to begin later than this one.
    const isLast = after === undefined || (round >= MAX_ROUNDS && seenUntil > earliest.getTime())
    yield { ranked: rankMatches(settled, search), unseenFrom: isLast && after ? seenUntil : null }
    if (isLast) return
  }
}

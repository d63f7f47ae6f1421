import { findCandidates } from '#db/queries/rides/find-candidates.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { defaultRadiusMetres } from '#packages/matching/match-ride.ts'
import { rankMatches } from '#packages/matching/rank-matches.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { countSearch } from './count-search.ts'
import { fillPage } from './fill-page.ts'
import { matchCandidate } from './match-candidate.ts'
import { quoteOffer } from './quote-offer.ts'
import { SearchQuery, SearchResult } from './search-contract.ts'
import { cursorAfter, skipTo } from './search-cursor.ts'

export const searchRoutes = operation(
  {
    id: 'searchRoutes',
    method: 'post',
    path: '/routes/search',
    tag: 'Routes',
    summary: 'Rides that pass near my pickup and, later, near my drop-off',
    access: 'user',
    limit: 'search',
    body: SearchQuery,
    replies: { 200: listOf(SearchResult) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { body }) => {
    const { pickup, dropoff, seats } = body
    const wantedAt = body.at.getTime()
    const window = {
      earliest: wantedAt - body.toleranceSeconds * 1000,
      latest: wantedAt + body.toleranceSeconds * 1000,
    }
    const radiusMetres = body.radiusMetres ?? defaultRadiusMetres(distanceMetres(pickup, dropoff))

    const candidates = await findCandidates(ctx.db, {
      ...{ pickup, dropoff, radiusMetres },
      wantedAt: body.at,
      earliest: new Date(window.earliest),
      latest: new Date(window.latest),
      passengerId: ctx.actor.userId,
      now: new Date(ctx.now),
    })
    const query = { pickup, dropoff, radiusMetres, ...window }
    const matches = candidates.flatMap((candidate) => matchCandidate(candidate, query, seats) ?? [])
    const ranked = skipTo(rankMatches(matches, wantedAt), wantedAt, body.cursor)
    const { offers, hasMore } = await fillPage(ctx, ranked, body)
    const items = await Promise.all(
      offers.map((offer) =>
        quoteOffer(ctx.keys.quote, offer, { passengerId: ctx.actor.userId, seats, now: ctx.now }),
      ),
    )
    ctx.defer(countSearch(ctx, pickup, dropoff))
    const last = offers.at(-1)
    return ok({ items, nextCursor: last && hasMore ? cursorAfter(last, wantedAt) : null })
  },
)

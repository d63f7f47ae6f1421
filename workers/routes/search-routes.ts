import { findCandidates } from '#db/queries/rides/find-candidates.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { defaultRadiusMetres } from '#packages/matching/match-ride.ts'
import { rankMatches } from '#packages/matching/rank-matches.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { SearchQuery, SearchResult } from './contract.ts'
import { matchCandidate } from './match-candidate.ts'
import { quoteOffer } from './quote-offer.ts'
import { cutPage } from './search-cursor.ts'

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
      earliest: new Date(window.earliest),
      latest: new Date(window.latest),
      passengerId: ctx.actor.userId,
      now: new Date(ctx.now),
    })
    const query = { pickup, dropoff, radiusMetres, ...window }
    const offers = candidates.flatMap((candidate) => matchCandidate(candidate, query, seats) ?? [])
    const page = cutPage(rankMatches(offers, wantedAt), wantedAt, body)
    const items = await Promise.all(
      page.offers.map((offer) =>
        quoteOffer(ctx.keys.quote, offer, { passengerId: ctx.actor.userId, seats, now: ctx.now }),
      ),
    )
    return ok({ items, nextCursor: page.nextCursor })
  },
)

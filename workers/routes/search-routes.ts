import type { z } from '@hono/zod-openapi'
import type { Offer } from '#db/queries/rides/with-seats.ts'
import type { Ctx } from '../context.ts'
import { locateEnds } from '../http/locate-ends.ts'
import { operation } from '../http/operation.ts'
import { quoteOffer } from '../http/quote-offer.ts'
import { ok } from '../http/reply.ts'
import { countSearch } from './count-search.ts'
import { fillPage } from './fill-page.ts'
import { findAlternatives } from './find-alternatives.ts'
import { rankRides } from './rank-rides.ts'
import { type Search, searchOf } from './search.ts'
import { SearchQuery } from './search-contract.ts'
import { readCursor, writeCursor } from './search-cursor.ts'
import { type Alternatives, SearchResults } from './search-result.ts'

export const searchRoutes = operation(
  {
    id: 'searchRoutes',
    method: 'post',
    path: '/routes/search',
    tag: 'Routes',
    summary: 'Rides that pass near my pickup and, later, near my drop-off; else the nearest days and places',
    access: 'user',
    limit: 'search',
    body: SearchQuery,
    replies: { 200: SearchResults },
    errors: ['invalid_cursor', 'place_unknown'],
  },
  async (ctx, { body }) => {
    const behind = body.cursor === undefined ? undefined : readCursor(body.sort, body.cursor)
    const search = searchOf(body, await locateEnds(ctx.places, body), ctx.actor.userId)
    const { offers, next } = await fillPage(ctx, rankRides(ctx, search, { behind }), search, body.limit)
    const nothing = offers.length === 0 && next === null && behind === undefined
    const items = await Promise.all(offers.map((offer) => quoted(ctx, offer, search)))
    ctx.defer(countSearch(ctx, search.pickup, search.dropoff))
    return ok({
      items,
      nextCursor: next && writeCursor(search.sort, next),
      alternatives: nothing ? await presentAlternatives(ctx, search) : null,
    })
  },
)

function quoted({ keys, now, payments }: Ctx, offer: Offer, { passengerId, seats }: Search) {
  return quoteOffer(keys.quote, offer, { passengerId, seats, now, takesPayments: payments !== null })
}

async function presentAlternatives(ctx: Ctx, search: Search): Promise<z.input<typeof Alternatives>> {
  const { days, nearby } = await findAlternatives(ctx, search)
  return {
    days: await Promise.all(days.map(async (day) => ({ ...day, best: await quoted(ctx, day.best, search) }))),
    nearby: await Promise.all(
      nearby.map(async ({ offer, widened }) => ({ ...(await quoted(ctx, offer, search)), widened })),
    ),
  }
}

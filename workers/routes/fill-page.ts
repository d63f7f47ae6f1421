import { type Offer, withSeats } from '#db/queries/rides/with-seats.ts'
import type { Ctx } from '../context.ts'
import type { Stretch } from './rank-rides.ts'
import type { Search } from './search.ts'
import { type Mark, markOf, NIL_ID } from './search-cursor.ts'

type Reader = Pick<Ctx, 'db' | 'now'>

/**
 * The first matches, in their order, that have seats (or need none, where full ones are wanted too), at most `limit` of them, and
 * where the next page begins. Rides are looked at in batches that double, so that a sold-out road takes a few questions and
 * not one for each page of it.
 */
export async function fillPage(
  ctx: Reader,
  stretches: AsyncIterable<Stretch>,
  search: Search,
  limit: number,
): Promise<{ offers: Offer[]; next: Mark | null }> {
  const offers: Offer[] = []
  let size = limit + 1
  for await (const { ranked, unseenFrom } of stretches) {
    for (let from = 0; from < ranked.length && offers.length <= limit; ) {
      offers.push(...(await withSeats(ctx, ranked.slice(from, from + size), search)))
      from += size
      size *= 2
    }
    const shown = offers.slice(0, limit)
    const last = shown.at(-1)
    if (offers.length > limit && last) return { offers: shown, next: markOf(last, search) }
    if (unseenFrom !== null) return { offers, next: { rank: unseenFrom, id: NIL_ID } }
  }
  return { offers, next: null }
}

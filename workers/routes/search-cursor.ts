import { Problem } from '#packages/errors/problem.ts'
import { troubleOf } from '#packages/matching/rank-matches.ts'
import { base64url, fromBase64url } from '#packages/secrets/encode-bytes.ts'
import type { Offer } from './match-candidate.ts'

const CURSOR = /^(\d+) ([0-9a-f-]{36})$/

/**
 * Cuts one page out of ranked offers. The cursor is the last offer's place in the order, so a page that starts there
 * neither repeats nor skips an offer that stood on the page before.
 */
export function cutPage(
  ranked: readonly Offer[],
  wantedAt: number,
  page: { limit: number; cursor?: string | undefined },
) {
  const rest = page.cursor === undefined ? ranked : ranked.slice(startAfter(ranked, wantedAt, page.cursor))
  const offers = rest.slice(0, page.limit)
  const last = offers.at(-1)
  const nextCursor =
    last && rest.length > page.limit
      ? base64url(new TextEncoder().encode(`${troubleOf(last, wantedAt)} ${last.id}`))
      : null
  return { offers, nextCursor }
}

function startAfter(ranked: readonly Offer[], wantedAt: number, cursor: string): number {
  const [, trouble, id] = CURSOR.exec(new TextDecoder().decode(fromBase64url(cursor) ?? new Uint8Array())) ?? []
  if (trouble === undefined || id === undefined) throw new Problem('invalid_cursor')
  const start = ranked.findIndex((offer) => {
    const own = troubleOf(offer, wantedAt)
    return own > Number(trouble) || (own === Number(trouble) && offer.id > id)
  })
  return start < 0 ? ranked.length : start
}

import { Problem } from '#packages/errors/problem.ts'
import { type Candidate, troubleOf } from '#packages/matching/rank-matches.ts'
import { base64url, fromBase64url } from '#packages/secrets/encode-bytes.ts'

const CURSOR = /^(\d+) ([0-9a-f-]{36})$/

/** The place in the order behind which the next page begins: so a page neither repeats nor skips what stood on the one before. */
export function cursorAfter(last: Candidate, wantedAt: number): string {
  return base64url(new TextEncoder().encode(`${troubleOf(last, wantedAt)} ${last.id}`))
}

/** What comes behind the cursor in ranked matches; all of them without one. @throws Problem `invalid_cursor` */
export function skipTo<T extends Candidate>(
  ranked: readonly T[],
  wantedAt: number,
  cursor: string | undefined,
): readonly T[] {
  if (cursor === undefined) return ranked
  const [, trouble, id] = CURSOR.exec(new TextDecoder().decode(fromBase64url(cursor) ?? new Uint8Array())) ?? []
  if (trouble === undefined || id === undefined) throw new Problem('invalid_cursor')
  const start = ranked.findIndex((match) => {
    const own = troubleOf(match, wantedAt)
    return own > Number(trouble) || (own === Number(trouble) && match.id > id)
  })
  return start < 0 ? [] : ranked.slice(start)
}

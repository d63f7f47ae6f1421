import { Problem } from '#packages/errors/problem.ts'
import { type Candidate, type Order, rankOf, type Sort } from '#packages/matching/rank-matches.ts'
import { decodeCursor, encodeCursor } from '../http/pagination.ts'

const CURSOR = /^([a-z]+) (-?\d{1,16}) ([0-9a-f-]{36})$/

/** A place in an order: a page that begins behind it neither repeats nor skips what stood on the one before. */
export interface Mark {
  rank: number
  id: string
}

/** An id that is before all others. */
export const NIL_ID = '00000000-0000-0000-0000-000000000000'

export const markOf = (candidate: Candidate, order: Order): Mark => ({
  rank: rankOf(candidate, order),
  id: candidate.id,
})

/** The mark as clients carry it along. It is good for this sort only, since its number means something else in others. */
export function writeCursor(sort: Sort, { rank, id }: Mark): string {
  return encodeCursor(`${sort} ${rank} ${id}`)
}

/** @throws Problem `invalid_cursor` */
export function readCursor(sort: Sort, cursor: string): Mark {
  const [, of, rank, id] = CURSOR.exec(decodeCursor(cursor)) ?? []
  if (of !== sort || rank === undefined || id === undefined) throw new Problem('invalid_cursor')
  return { rank: Number(rank), id }
}

/** Whether a candidate comes behind a mark. */
export function isBehind(candidate: Candidate, order: Order, mark: Mark): boolean {
  const own = rankOf(candidate, order)
  return own > mark.rank || (own === mark.rank && candidate.id > mark.id)
}

import { z } from '@hono/zod-openapi'
import { Problem } from '#packages/errors/problem.ts'
import { base64url, fromBase64url } from '#packages/secrets/encode-bytes.ts'
import { Id } from './shapes.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 100

/** The query of every list. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(200).optional(),
})

/** A list as it is answered. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Where the page starts: ids are UUIDv7, so "older" is "smaller". One row more is read to know of a next page. */
export function readPage(query: z.output<typeof PageQuery>): { before: string | undefined; limit: number } {
  return { before: query.cursor === undefined ? undefined : readCursor(query.cursor), limit: query.limit + 1 }
}

/** A place in a list as clients carry it along, opaque. */
export const encodeCursor = (place: string): string => base64url(new TextEncoder().encode(place))

/** The place in a cursor; whether it is one of ours is for the caller to see. */
export const decodeCursor = (cursor: string): string =>
  new TextDecoder().decode(fromBase64url(cursor) ?? new Uint8Array())

function readCursor(cursor: string): string {
  const id = Id.safeParse(decodeCursor(cursor))
  if (!id.success) throw new Problem('invalid_cursor')
  return id.data
}

/** Cuts the extra row off and says where the next page starts. */
export function presentPage<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(present),
    nextCursor: last ? encodeCursor(last.id) : null,
  }
}

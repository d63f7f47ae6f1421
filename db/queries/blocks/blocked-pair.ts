import { type SQL, sql } from 'drizzle-orm'

/**
 * A condition: one of two people has blocked the other, whichever it was. Where one of them is known, the few rows
 * that have to do with that person are read once, by index.
 * @param one an id, or a column that holds one; qualified where it could be taken for a column of `blocks`
 */
export function isBlockedPair(one: SQL, other: SQL): SQL {
  return sql`exists (select 1 from blocks where (blocks.blocker_id = ${one} and blocks.blocked_id = ${other})
    or (blocks.blocker_id = ${other} and blocks.blocked_id = ${one}))`
}

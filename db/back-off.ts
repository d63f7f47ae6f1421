import { type SQL, sql } from 'drizzle-orm'
import { type BackOff, MAX_DOUBLINGS } from '#packages/retries/back-off.ts'

/**
 * `backOff` as an interval, where the column `attempts` has the tries before this one: for statements that take what is due,
 * so that it comes back by itself where nothing is heard of it again.
 */
export const waitAfterAttempts = ({ firstMs, longestMs }: BackOff): SQL =>
  sql`interval '1 second' * least(${longestMs / 1000}::float8, ${firstMs / 1000}::float8 * 2 ^ least(attempts, ${MAX_DOUBLINGS}::int))`

import { type SQL, sql } from 'drizzle-orm'

/** Ids as what follows `in`: one parameter however many there are, and none is fine. */
export const idList = (ids: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`

/** Ids as an array, of which PostgreSQL knows the length: for statements whose plan depends on it. */
export const idArray = (ids: readonly string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`

/** As `idList`, for texts. */
export const textList = (texts: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`

/** Words that need no quotes, as an array. */
export const textArray = (words: readonly string[]): SQL => sql`${`{${words.join(',')}}`}::text[]`

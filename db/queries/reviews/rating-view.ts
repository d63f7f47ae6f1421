import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BookingSide } from '#packages/booking/sides.ts'

/** The sum of the reviews of somebody that can be read; null where there never was one. */
export const RatingRow = z.object({ stars: z.number(), reviews: z.number() }).nullable()
export type RatingRow = z.infer<typeof RatingRow>

/** The RatingRow, as JSON, of the person whose id is in this column, as what they were. */
export function ratingOf(person: string, was: BookingSide): SQL {
  return sql`(select jsonb_build_object('stars', total.stars, 'reviews', total.reviews) from rating_totals total
    where total.user_id = ${sql.raw(person)} and total.side = ${was})`
}

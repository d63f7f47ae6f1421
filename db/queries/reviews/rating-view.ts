import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BookingSide } from '#packages/booking/sides.ts'

/** The sum of the reviews of somebody that can be read; null where there never was one. */
export const RatingRow = z.object({ stars: z.number(), reviews: z.number() }).nullable()
export type RatingRow = z.infer<typeof RatingRow>

/** A condition: the average of this driver's reviews, as it is shown, is at least so much. */
export const isRatedDriver = (driverId: SQL, least: SQL): SQL =>
  sql`exists (select 1 from rating_totals where user_id = ${driverId} and side = 'driver'
    and round(stars::numeric / nullif(reviews, 0), 2) >= ${least}::numeric)`

/** The RatingRow, as JSON, of the person whose id is in this column, as what they were. */
export function ratingOf(person: string, was: BookingSide): SQL {
  return sql`(select jsonb_build_object('stars', total.stars, 'reviews', total.reviews) from rating_totals total
    where total.user_id = ${sql.raw(person)} and total.side = ${was})`
}

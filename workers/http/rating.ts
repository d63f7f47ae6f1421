import { z } from '@hono/zod-openapi'
import type { RatingRow } from '#db/queries/reviews/rating-view.ts'
import { averageStars } from '#packages/reviews/average.ts'

export const Rating = z
  .object({
    average: z
      .number()
      .min(1)
      .max(5)
      .nullable()
      .openapi({ description: 'To two decimals; null without reviews' }),
    count: z.int(),
  })
  .openapi('Rating')

export function presentRating(total: RatingRow): z.input<typeof Rating> {
  const { stars, reviews } = total ?? { stars: 0, reviews: 0 }
  return { average: averageStars(stars, reviews), count: reviews }
}

import { z } from '@hono/zod-openapi'
import { listOf } from '../http/pagination.ts'
import { SearchResult } from '../http/search-result.ts'
import { Day, orNull } from '../http/shapes.ts'

/** What of a wish had to be stretched for a ride to serve it. */
const WIDENED = ['pickup', 'dropoff', 'time'] as const
export type Widened = (typeof WIDENED)[number]

/** What there is instead, where nothing is as it was asked for. */
export const Alternatives = z
  .object({
    days: z
      .array(
        z.object({
          date: Day,
          count: z.int().openapi({ description: 'Rides on that day; at least so many where they are many' }),
          best: SearchResult,
        }),
      )
      .openapi({ description: 'From a week before to a week after, the nearest day first' }),
    nearby: z
      .array(SearchResult.extend({ widened: z.array(z.enum(WIDENED)) }))
      .openapi({ description: 'Up to 25 km away on the same day, with what is not as it was asked for' }),
  })
  .openapi('Alternatives')

export const SearchResults = listOf(SearchResult)
  .extend({ alternatives: orNull(Alternatives).openapi({ description: 'Null unless nothing was found' }) })
  .openapi('SearchResults')

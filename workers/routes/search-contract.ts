import { z } from '@hono/zod-openapi'
import { SORTS } from '#packages/matching/rank-matches.ts'
import { Day, InstantInput } from '../http/shapes.ts'
import { Radius, SearchFilters, Seats, Where } from '../http/wish.ts'

/** Wanted pickup time ± this, unless the passenger says otherwise; seconds. */
export const DEFAULT_TOLERANCE_SECONDS = 2 * 3600
const MAX_TOLERANCE_SECONDS = 24 * 3600

/** Exactly one of the two says when; a tolerance is around an instant. */
function saysWhen(
  given: { at?: unknown; date?: unknown; toleranceSeconds?: unknown },
  ctx: z.RefinementCtx,
): void {
  const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  if (given.date === undefined && given.at === undefined) refuse('at', 'This or `date`')
  if (given.date === undefined) return
  if (given.at !== undefined) refuse('date', 'Not with `at`')
  if (given.toleranceSeconds !== undefined) refuse('toleranceSeconds', 'Not with `date`')
}

export const SearchQuery = z
  .strictObject({
    pickup: Where,
    dropoff: Where,
    at: InstantInput.optional().openapi({
      type: 'string',
      format: 'date-time',
      description: 'Wanted time of the pickup; or a whole `date`',
    }),
    date: Day.optional().openapi({ description: 'The pickup is at any time of this day in India' }),
    toleranceSeconds: z
      .int()
      .min(60)
      .max(MAX_TOLERANCE_SECONDS)
      .optional()
      .openapi({
        description: `How far from \`at\` the pickup may be; else ${DEFAULT_TOLERANCE_SECONDS}`,
      }),
    radiusMetres: Radius,
    seats: Seats,
    filters: SearchFilters.default({}),
    full: z.boolean().default(false).openapi({
      description: 'Also rides without enough seats left; their quotes are good for the waitlist',
    }),
    sort: z.enum(SORTS).default('relevance').openapi({
      description:
        'The best first (walk, time off, fare and rating weighed together), the earliest pickup, the least fare, the least walk, or the best rated driver. By `departure` every ride is on some page; by the others the rides nearest to the wanted time are compared, up to 1,000',
    }),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(200).optional(),
  })
  .superRefine(saysWhen)
  .openapi('SearchQuery')

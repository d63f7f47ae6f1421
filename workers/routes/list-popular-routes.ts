import { z } from '@hono/zod-openapi'
import { loadPopularTrips, type PopularRow } from '#db/queries/routes/popular-trips.ts'
import { addDays, indianDay, mondayOf } from '#packages/calendar/indian-time.ts'
import { paise } from '#packages/fares/money.ts'
import { centreOf } from '#packages/routes/trip-cell.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Money, orNull, Position } from '../http/shapes.ts'

/** What is popular now was wanted in this week or one of the three before. */
const WEEKS = 4
const OFFERED_DAYS = 7
const DAY_MS = 24 * 3600_000
const CACHE_KEY = 'popular-routes'
const CACHE_SECONDS = 300

const Place = z.object({
  name: z.string().nullable().openapi({ description: 'What drivers call it; null where too few do' }),
  position: Position.openapi({ description: 'Rounded to a tenth of a degree' }),
})

const PopularRoutes = z
  .object({
    items: z.array(
      z.object({
        from: Place,
        to: Place,
        rides: z.int().openapi({ description: 'Offered within the next seven days' }),
        lowestFare: orNull(Money).openapi({
          description: 'Of one seat on those rides; null where there are none',
        }),
      }),
    ),
  })
  .openapi('PopularRoutes')
type PopularRoutes = z.infer<typeof PopularRoutes>

export const listPopularRoutes = operation(
  {
    id: 'listPopularRoutes',
    method: 'get',
    path: '/routes/popular',
    tag: 'Routes',
    summary: 'Where people go: the trips that were searched for and booked most, none that only few wanted',
    access: 'public',
    limit: 'read',
    replies: { 200: PopularRoutes },
    errors: [],
  },
  async (ctx) => {
    ctx.replyHeaders.set('cache-control', `public, max-age=${CACHE_SECONDS}`)
    const kept = await ctx.redis.get(CACHE_KEY).catch(() => null)
    const cached = PopularRoutes.safeParse(kept)
    if (cached.success) return ok(cached.data)
    const popular = await loadPopular(ctx)
    ctx.defer(ctx.redis.set(CACHE_KEY, popular, { ex: CACHE_SECONDS }))
    return ok(popular)
  },
)

async function loadPopular({ db, now }: Pick<Ctx, 'db' | 'now'>): Promise<PopularRoutes> {
  const since = addDays(mondayOf(indianDay(now)), -7 * (WEEKS - 1))
  const trips = await loadPopularTrips(db, since, new Date(now), new Date(now + OFFERED_DAYS * DAY_MS))
  return { items: trips.map(presentTrip) }
}

function presentTrip({ fromCell, toCell, fromName, toName, rides, lowestFare }: PopularRow) {
  return {
    from: { name: fromName, position: centreOf(fromCell) },
    to: { name: toName, position: centreOf(toCell) },
    rides,
    lowestFare: lowestFare === null ? null : paise(lowestFare),
  }
}

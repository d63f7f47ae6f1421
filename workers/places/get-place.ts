import { z } from '@hono/zod-openapi'
import { addDays, indianDay, indianInstant } from '#packages/calendar/indian-time.ts'
import { Problem } from '#packages/errors/problem.ts'
import { isGazetteerId } from '#packages/places/place-id.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { askingOf } from './asking.ts'
import { Place, PlaceId, SessionToken } from './contract.ts'
import { endSession } from './session.ts'

export const getPlace = operation(
  {
    id: 'getPlace',
    method: 'get',
    path: '/places/details/{placeId}',
    tag: 'Places',
    summary: 'A place that was suggested; asking for it ends the session',
    access: 'user',
    limit: 'places',
    params: z.object({ placeId: PlaceId }),
    query: z.strictObject({ sessionToken: SessionToken.optional() }),
    replies: { 200: Place },
    errors: ['place_session_ended'],
  },
  async (ctx, { params: { placeId }, query: { sessionToken } }) => {
    const [asking, endsIt] = await Promise.all([
      askingOf(ctx),
      sessionToken !== undefined && endSession(ctx, sessionToken, placeId),
    ])
    if (asking.offline && !isGazetteerId(placeId))
      throw new Problem('rate_limited', { detail: 'Enough for today', retryAfter: secondsLeft(ctx.now) })
    const place = await ctx.places.details(placeId, { ...asking, session: endsIt ? sessionToken : undefined })
    if (!place) throw new Problem('not_found')
    return ok(place)
  },
)

/** Seconds until the next day begins in India. */
function secondsLeft(now: number): number {
  return Math.ceil((indianInstant(addDays(indianDay(now), 1), '00:00') - now) / 1000)
}

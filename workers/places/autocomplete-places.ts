import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { askingOf } from './asking.ts'
import { Input, Latitude, Longitude, SessionToken, Suggestion } from './contract.ts'
import { continueSession } from './session.ts'

const MAX_SUGGESTIONS = 10
const DEFAULT_SUGGESTIONS = 5

const Typed = z
  .strictObject({
    input: Input,
    lat: Latitude.optional(),
    lng: Longitude.optional(),
    sessionToken: SessionToken.optional(),
    limit: z.coerce.number().int().min(1).max(MAX_SUGGESTIONS).default(DEFAULT_SUGGESTIONS),
  })
  .refine(({ lat, lng }) => (lat === undefined) === (lng === undefined), {
    path: ['lng'],
    error: 'lat and lng come together',
  })

export const autocompletePlaces = operation(
  {
    id: 'autocompletePlaces',
    method: 'get',
    path: '/places/autocomplete',
    tag: 'Places',
    summary: 'Places that somebody who typed so much may mean, near ones first',
    access: 'user',
    limit: 'places',
    query: Typed,
    replies: { 200: listOf(Suggestion) },
    errors: ['place_session_ended'],
  },
  async (ctx, { query: { input, lat, lng, sessionToken: session, limit } }) => {
    const near = lat === undefined || lng === undefined ? undefined : { lat, lng }
    const [asking] = await Promise.all([askingOf(ctx), session && continueSession(ctx, session)])
    const items = await ctx.places.autocomplete(input, { ...asking, session, near, limit })
    return ok({ items, nextCursor: null })
  },
)

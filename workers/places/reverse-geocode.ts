import { z } from '@hono/zod-openapi'
import { Problem } from '#packages/errors/problem.ts'
import { inServiceArea } from '#packages/location/service-area.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { askingOf } from './asking.ts'
import { Latitude, Longitude, Place } from './contract.ts'

export const reverseGeocode = operation(
  {
    id: 'reverseGeocode',
    method: 'get',
    path: '/places/reverse-geocode',
    tag: 'Places',
    summary: 'What is at a position, or the nearest town to it',
    access: 'user',
    limit: 'places',
    query: z.strictObject({ lat: Latitude, lng: Longitude }),
    replies: { 200: Place },
    errors: ['outside_service_area', 'not_found'],
  },
  async (ctx, { query: position }) => {
    if (!inServiceArea(position)) throw new Problem('outside_service_area')
    const place = await ctx.places.reverseGeocode(position, await askingOf(ctx))
    if (!place) throw new Problem('not_found')
    return ok(place)
  },
)

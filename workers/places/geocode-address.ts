import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { askingOf } from './asking.ts'
import { Address, Place } from './contract.ts'

export const geocodeAddress = operation(
  {
    id: 'geocodeAddress',
    method: 'get',
    path: '/places/geocode',
    tag: 'Places',
    summary: 'Where an address in India is, the likeliest place first',
    access: 'user',
    limit: 'places',
    query: z.strictObject({ address: Address }),
    replies: { 200: listOf(Place) },
    errors: [],
  },
  async (ctx, { query }) => {
    const items = await ctx.places.geocode(query.address, await askingOf(ctx))
    return ok({ items, nextCursor: null })
  },
)

import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { requireUpgrade } from '../http/require-upgrade.ts'
import { IdParams } from '../http/shapes.ts'
import { ridePass } from './ride-pass.ts'

export const joinRide = operation(
  {
    id: 'joinRide',
    method: 'get',
    path: '/rides/{id}/live',
    tag: 'Rides',
    summary: 'The live room of a ride, over WebSocket: for its driver and its confirmed passengers',
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: z.object({ after: z.coerce.number().int().min(0).optional() }),
    replies: { 101: null },
    errors: ['upgrade_required', 'not_on_ride', 'ride_not_live'],
  },
  async (ctx, { params }) => {
    requireUpgrade(ctx.request)
    return ctx.live.joinRide(await ridePass(ctx, params.id), ctx.request)
  },
)

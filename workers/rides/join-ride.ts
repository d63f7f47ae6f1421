import { z } from '@hono/zod-openapi'
import { loadRideMember } from '#db/queries/rides/load-rides.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { IdParams } from '../http/shapes.ts'

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
    if (ctx.request.headers.get('upgrade')?.toLowerCase() !== 'websocket') throw new Problem('upgrade_required')
    const { userId, sessionId, tokenExpiresAt } = ctx.actor
    const member = await loadRideMember(ctx.db, params.id, userId)
    if (!member) throw new Problem('not_found')
    if (member.status === 'completed' || member.status === 'cancelled') throw new Problem('ride_not_live')
    const { driverId, status, bookingId } = member
    if (driverId !== userId && !bookingId) throw new Problem('not_on_ride')
    const pass = {
      ...{ userId, sessionId, expiresAt: tokenExpiresAt },
      role: driverId === userId ? ('driver' as const) : ('passenger' as const),
      ...(bookingId && { bookingId }),
      ride: { id: params.id, driverId, status, departsAt: member.departsAt.toISOString() },
    }
    return ctx.live.joinRide(pass, ctx.request)
  },
)

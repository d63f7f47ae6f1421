import { z } from '@hono/zod-openapi'
import { loadTrace } from '#db/queries/traces/load-trace.ts'
import { Problem } from '#packages/errors/problem.ts'
import { boardsFrom } from '#packages/ride-room/pass-for.ts'
import { cutTrace } from '#packages/ride-room/trace.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, Instant } from '../http/shapes.ts'

const RideTrace = z
  .object({
    startedAt: Instant,
    endedAt: Instant,
    polyline: z.string().openapi({ description: 'Google’s encoding, precision 5' }),
    seconds: z.array(z.int()).openapi({ description: 'After startedAt, at each point of the line' }),
    metres: z.int().openapi({ description: 'Driven along it' }),
  })
  .openapi('RideTrace')

export const getRideTrace = operation(
  {
    id: 'getRideTrace',
    method: 'get',
    path: '/rides/{id}/trace',
    tag: 'Rides',
    summary:
      'How the ride was driven so far: for its driver, and for its passengers from their boarding time on',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: RideTrace },
    errors: ['not_on_ride'],
  },
  async (ctx, { params }) => {
    const ride = await loadTrace(ctx.db, params.id, ctx.actor.userId)
    if (!ride) throw new Problem('not_found')
    const isDriver = ride.driverId === ctx.actor.userId
    if (!isDriver && ride.pickupAt === null) throw new Problem('not_on_ride')
    const line = ride.trace ?? (ride.status === 'scheduled' ? null : await ctx.live.rideTrace(params.id))
    const since = isDriver || ride.pickupAt === null ? 0 : boardsFrom(ride.pickupAt)
    const shown = line && cutTrace(line, since)
    if (!shown) throw new Problem('not_found')
    return ok(shown)
  },
)

import { startRide as start } from '#db/queries/rides/change-ride.ts'
import { START_EARLIEST_BEFORE_MS } from '#packages/ride/start-window.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'
import { finishChange } from './finish-change.ts'

export const startRide = operation(
  {
    id: 'startRide',
    method: 'post',
    path: '/rides/{id}/start',
    tag: 'Rides',
    summary: 'Start my ride, at most an hour before it departs; the room goes live',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Ride },
    errors: ['ride_not_scheduled', 'ride_too_early'],
  },
  async (ctx, { params }) => {
    const changed = await start(ctx.db, {
      rideId: params.id,
      driverId: ctx.actor.userId,
      now: new Date(ctx.now),
      departsBefore: new Date(ctx.now + START_EARLIEST_BEFORE_MS),
    })
    const outcome = { rideId: params.id, changed: changed !== undefined }
    return ok(
      presentRide(await finishChange(ctx, { ...outcome, action: 'start', otherwise: 'ride_too_early' })),
    )
  },
)

import { completeRide as complete } from '#db/queries/rides/change-ride.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'
import { finishChange } from './finish-change.ts'

export const completeRide = operation(
  {
    id: 'completeRide',
    method: 'post',
    path: '/rides/{id}/complete',
    tag: 'Rides',
    summary: 'Complete my ride, when every passenger has boarded or been marked absent',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Ride },
    errors: ['ride_not_started', 'passengers_unaccounted'],
  },
  async (ctx, { params }) => {
    const now = new Date(ctx.now)
    const changed = await complete(ctx.db, { rideId: params.id, driverId: ctx.actor.userId, now })
    const outcome = { rideId: params.id, changed: changed !== undefined }
    return ok(
      presentRide(
        await finishChange(ctx, { ...outcome, action: 'complete', otherwise: 'passengers_unaccounted' }),
      ),
    )
  },
)

import { cancelRide as cancel } from '#db/queries/rides/change-ride.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'
import { finishChange } from './finish-change.ts'

export const cancelRide = operation(
  {
    id: 'cancelRide',
    method: 'post',
    path: '/rides/{id}/cancel',
    tag: 'Rides',
    summary: 'Cancel my ride and every booking on it',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    replies: { 200: Ride },
    errors: ['ride_not_scheduled', 'concurrent_change'],
  },
  async (ctx, { params }) => {
    const now = new Date(ctx.now)
    const changed = await cancel(ctx.db, { rideId: params.id, driverId: ctx.actor.userId, now })
    const outcome = { rideId: params.id, changed: changed !== undefined }
    return ok(
      presentRide(await finishChange(ctx, { ...outcome, action: 'cancel', otherwise: 'concurrent_change' })),
    )
  },
)

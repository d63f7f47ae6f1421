import { activateVehicle as activate } from '#db/queries/vehicles/activate-vehicle.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentVehicle, Vehicle } from './contract.ts'

export const activateVehicle = operation(
  {
    id: 'activateVehicle',
    method: 'put',
    path: '/driver/vehicles/{id}/activate',
    tag: 'Vehicles',
    summary: 'Make this my active vehicle, and no other',
    access: 'driver',
    limit: 'write',
    params: IdParams,
    replies: { 200: Vehicle },
    errors: [],
  },
  async (ctx, { params }) => {
    const vehicle = await activate(ctx.db, { driverId: ctx.actor.userId, id: params.id }, new Date(ctx.now))
    if (!vehicle) throw new Problem('not_found')
    return ok(presentVehicle(vehicle))
  },
)

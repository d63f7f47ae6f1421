import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentVehicle, Vehicle } from './contract.ts'

export const getVehicle = operation(
  {
    id: 'getVehicle',
    method: 'get',
    path: '/driver/vehicles/{id}',
    tag: 'Vehicles',
    summary: 'One of my vehicles',
    access: 'driver',
    limit: 'read',
    params: IdParams,
    replies: { 200: Vehicle },
    errors: [],
  },
  async (ctx, { params }) => {
    const vehicle = await loadVehicle(ctx.db, ctx.actor.userId, params.id)
    if (!vehicle) throw new Problem('not_found')
    return ok(presentVehicle(vehicle))
  },
)

import { deleteVehicle as markDeleted } from '#db/queries/vehicles/delete-vehicle.ts'
import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteVehicle = operation(
  {
    id: 'deleteVehicle',
    method: 'delete',
    path: '/driver/vehicles/{id}',
    tag: 'Vehicles',
    summary: 'Delete my vehicle; if it was the active one, my newest other one becomes that',
    access: 'driver',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: ['vehicle_in_use'],
  },
  async (ctx, { params }) => {
    const vehicle = { driverId: ctx.actor.userId, id: params.id }
    if (await markDeleted(ctx.db, vehicle, new Date(ctx.now))) return noContent()
    const isThere = await loadVehicle(ctx.db, vehicle.driverId, vehicle.id)
    throw new Problem(isThere ? 'vehicle_in_use' : 'not_found')
  },
)

import { listVehicles as loadVehicles } from '#db/queries/vehicles/vehicles.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentVehicle, Vehicle } from './contract.ts'

/** A driver has few vehicles: the list is one page. */
export const listVehicles = operation(
  {
    id: 'listVehicles',
    method: 'get',
    path: '/driver/vehicles',
    tag: 'Vehicles',
    summary: 'My vehicles',
    access: 'driver',
    limit: 'read',
    replies: { 200: listOf(Vehicle) },
    errors: [],
  },
  async (ctx) => {
    const vehicles = await loadVehicles(ctx.db, ctx.actor.userId)
    return ok({ items: vehicles.map(presentVehicle), nextCursor: null })
  },
)

import { type VehicleChange as Change, changeVehicle as change } from '#db/queries/vehicles/change-vehicle.ts'
import { loadVehicleUse } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { checkYear, presentVehicle, Vehicle, VehicleChange } from './contract.ts'

export const changeVehicle = operation(
  {
    id: 'changeVehicle',
    method: 'put',
    path: '/driver/vehicles/{id}',
    tag: 'Vehicles',
    summary: 'Change my vehicle; fields that are left out stay. Another plate ends its documents',
    access: 'driver',
    limit: 'write',
    params: IdParams,
    body: VehicleChange,
    replies: { 200: Vehicle },
    errors: ['plate_taken', 'vehicle_in_use', 'seats_promised', 'seats_follow_map', 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    checkYear(body.year, ctx.now)
    const vehicle = await change(ctx.db, { driverId: ctx.actor.userId, id: params.id }, body, new Date(ctx.now))
    if (!vehicle) throw await whyNot(ctx, params.id, body)
    return ok(presentVehicle(vehicle))
  },
)

async function whyNot(ctx: Ctx, id: string, { seats, plate }: Change): Promise<Problem> {
  const vehicle = await loadVehicleUse(ctx.db, ctx.actor.userId, id)
  if (!vehicle) return new Problem('not_found')
  if (seats !== undefined && vehicle.seatMapVersion !== null && seats !== vehicle.seats)
    return fieldProblem('seats_follow_map', 'seats', `The seat map has ${vehicle.seats}`)
  if (seats !== undefined && seats < vehicle.promised)
    return fieldProblem('seats_promised', 'seats', `A ride offers ${vehicle.promised}`)
  if (plate !== undefined && plate !== vehicle.plate && vehicle.needed)
    return fieldProblem('vehicle_in_use', 'plate', 'Passengers look for this plate')
  return new Problem('concurrent_change')
}

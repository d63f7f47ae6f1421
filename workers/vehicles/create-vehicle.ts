import { createVehicle as insertVehicle, MAX_VEHICLES } from '#db/queries/vehicles/vehicles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { checkYear, NewVehicle, presentVehicle, Vehicle } from './contract.ts'

export const createVehicle = operation(
  {
    id: 'createVehicle',
    method: 'post',
    path: '/driver/vehicles',
    tag: 'Vehicles',
    summary: `Register a vehicle, up to ${MAX_VEHICLES}; the first one becomes active`,
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewVehicle,
    replies: { 201: Vehicle },
    errors: ['plate_taken', 'too_many_vehicles'],
  },
  async (ctx, { body }) => {
    checkYear(body.year, ctx.now)
    const vehicle = await insertVehicle(ctx.db, {
      ...body,
      id: uuidv7(ctx.now),
      driverId: ctx.actor.userId,
      createdAt: new Date(ctx.now),
    })
    if (!vehicle) throw new Problem('too_many_vehicles')
    return created(presentVehicle(vehicle))
  },
)

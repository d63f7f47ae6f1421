import { createVehicle as insertVehicle } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewVehicle, presentVehicle, Vehicle } from './contract.ts'

export const createVehicle = operation(
  {
    id: 'createVehicle',
    method: 'post',
    path: '/driver/vehicles',
    tag: 'Vehicles',
    summary: 'Register a vehicle; the first one becomes active',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewVehicle,
    replies: { 201: Vehicle },
    errors: ['plate_taken', 'concurrent_change'],
  },
  async (ctx, { body }) => {
    const now = new Date(ctx.now)
    // Next year's models are on the road before the year is.
    if (body.year > now.getUTCFullYear() + 1) throw fieldProblem('invalid_fields', 'year', 'Not built yet')
    const vehicle = await insertVehicle(ctx.db, {
      ...body,
      id: uuidv7(ctx.now),
      driverId: ctx.actor.userId,
      createdAt: now,
    })
    if (!vehicle) throw new Problem('concurrent_change')
    return created(presentVehicle(vehicle))
  },
)

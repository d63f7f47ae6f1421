import { loadRide } from '#db/queries/rides/load-rides.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'

export const getRide = operation(
  {
    id: 'getRide',
    method: 'get',
    path: '/rides/{id}',
    tag: 'Rides',
    summary: 'A ride with its stops and the seats of its legs',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Ride },
    errors: [],
  },
  async (ctx, { params }) => {
    const ride = await loadRide(ctx.db, params.id, new Date(ctx.now))
    if (!ride) throw new Problem('not_found')
    return ok(presentRide(ride))
  },
)

import { z } from '@hono/zod-openapi'
import { listRides as loadRides, RIDE_TIMES } from '#db/queries/rides/load-rides.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentRide, Ride } from './contract.ts'

export const listRides = operation(
  {
    id: 'listRides',
    method: 'get',
    path: '/rides',
    tag: 'Rides',
    summary: 'The rides I drive, newest first',
    access: 'driver',
    limit: 'read',
    query: PageQuery.extend({ status: z.enum(rideStates).optional(), when: z.enum(RIDE_TIMES).optional() }),
    replies: { 200: listOf(Ride) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { status, when } = query
    const filter = { driverId: ctx.actor.userId, status, when, ...readPage(query) }
    const rides = await loadRides(ctx.db, filter, new Date(ctx.now))
    return ok(presentPage(rides, query.limit, presentRide))
  },
)

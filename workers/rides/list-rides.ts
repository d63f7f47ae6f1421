import { listRides as loadRides } from '#db/queries/rides/load-rides.ts'
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
    query: PageQuery,
    replies: { 200: listOf(Ride) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rides = await loadRides(ctx.db, ctx.actor.userId, readPage(query), new Date(ctx.now))
    return ok(presentPage(rides, query.limit, presentRide))
  },
)

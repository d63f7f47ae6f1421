import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const getBooking = operation(
  {
    id: 'getBooking',
    method: 'get',
    path: '/bookings/{id}',
    tag: 'Bookings',
    summary: 'A booking that I made or drive',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: Booking },
    errors: [],
  },
  async (ctx, { params }) => {
    const booking = await loadBooking(ctx.db, params.id, ctx.actor.userId)
    if (!booking) throw new Problem('not_found')
    return ok(await presentBooking(booking, ctx))
  },
)

import { z } from '@hono/zod-openapi'
import { listBookings as loadBookings } from '#db/queries/bookings/load-bookings.ts'
import { RIDE_TIMES } from '#db/queries/rides/load-rides.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

export const listBookings = operation(
  {
    id: 'listBookings',
    method: 'get',
    path: '/bookings',
    tag: 'Bookings',
    summary: 'My bookings, newest first: those I made, or those on my rides',
    access: 'user',
    limit: 'read',
    query: PageQuery.extend({
      as: z.enum(bookingSides).default('passenger'),
      rideId: Id.optional(),
      state: z.enum(bookingStates).optional(),
      when: z.enum(RIDE_TIMES).optional(),
    }),
    replies: { 200: listOf(Booking) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { as: side, rideId, state, when } = query
    const filter = { userId: ctx.actor.userId, side, rideId, state, when }
    const bookings = await loadBookings(ctx.db, { ...filter, ...readPage(query) }, new Date(ctx.now))
    const page = presentPage(bookings, query.limit, (booking) => presentBooking(booking, ctx))
    return ok({ items: await Promise.all(page.items), nextCursor: page.nextCursor })
  },
)

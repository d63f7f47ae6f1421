import { z } from '@hono/zod-openapi'
import { listBookings as loadBookings } from '#db/queries/bookings/load-bookings.ts'
import { SIDES } from '#db/schema/index.ts'
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
    query: PageQuery.extend({ as: z.enum(SIDES).default('passenger'), rideId: Id.optional() }),
    replies: { 200: listOf(Booking) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const filter = { userId: ctx.actor.userId, side: query.as, rideId: query.rideId }
    const bookings = await loadBookings(ctx.db, { ...filter, ...readPage(query) })
    const page = presentPage(bookings, query.limit, (booking) => presentBooking(booking, ctx))
    return ok({ items: await Promise.all(page.items), nextCursor: page.nextCursor })
  },
)

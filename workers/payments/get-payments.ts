import { z } from '@hono/zod-openapi'
import { loadBookingPayments } from '#db/queries/payments/load-payments.ts'
import { Problem } from '#packages/errors/problem.ts'
import { worksAs } from '../http/authenticate.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { BookingPayments } from './contract.ts'
import { presentPayments } from './present.ts'

export const getPayments = operation(
  {
    id: 'getPayments',
    method: 'get',
    path: '/payments/{bookingId}',
    tag: 'Payments',
    summary: 'What was paid for a booking and given back; the driver sees only whether it is paid',
    access: 'user',
    limit: 'read',
    params: z.object({ bookingId: Id }),
    replies: { 200: BookingPayments },
    errors: [],
  },
  async (ctx, { params }) => {
    const row = await loadBookingPayments(ctx.db, params.bookingId)
    if (!row) throw new Problem('not_found')
    const { userId } = ctx.actor
    const withDetails = userId === row.passengerId || (await worksAs(ctx, userId, 'finance'))
    if (!withDetails && userId !== row.driverId) throw new Problem('not_found')
    return ok(presentPayments(row, { withDetails }))
  },
)

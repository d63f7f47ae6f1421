import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { boardingCode } from '#packages/booking/boarding-code.ts'
import { refusalsOf } from '#packages/booking/transition.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { countRequest } from '../http/rate-limit.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { performAction } from './change.ts'
import { BoardingCode, Booking } from './contract.ts'
import { presentBooking } from './present.ts'

/** The code proves that the passenger is there; it is what releases the driver's pay, so guesses are counted. */
export const boardPassenger = operation(
  {
    id: 'boardPassenger',
    method: 'post',
    path: '/bookings/{id}/board',
    tag: 'Bookings',
    summary: 'Board a passenger with the code they tell me',
    access: 'driver',
    limit: 'write',
    announces: true,
    params: IdParams,
    body: BoardingCode,
    replies: { 200: Booking },
    errors: ['boarding_code_wrong', ...refusalsOf('board'), 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    // Before the code is looked at: a driver of another ride must not learn of it, nor use up the tries.
    const known = await loadBooking(ctx.db, params.id, ctx.actor.userId)
    if (known?.driverId !== ctx.actor.userId) throw new Problem('not_found')
    await countRequest(ctx.redis, 'boarding', params.id, ctx.now, ctx.replyHeaders)
    const code = await boardingCode(ctx.keys.boarding, params.id)
    if (body.code !== code) throw fieldProblem('boarding_code_wrong', 'code', 'Ask the passenger again')
    const booking = await performAction(ctx, { bookingId: params.id, action: 'board', side: 'driver' })
    return ok(await presentBooking(booking, ctx))
  },
)

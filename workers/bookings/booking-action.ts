import type { BookingSide } from '#packages/booking/sides.ts'
import type { BookingAction } from '#packages/booking/states.ts'
import { refusalsOf } from '#packages/booking/transition.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import { type Operation, operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { performAction } from './change.ts'
import { Booking } from './contract.ts'
import { presentBooking } from './present.ts'

/**
 * An operation that performs one action of the booking's state machine and answers the booking as it then is. What it
 * can refuse with comes from the machine.
 */
export function bookingAction(contract: {
  id: string
  path: `/bookings/{id}/${string}`
  summary: string
  action: BookingAction
  side: BookingSide
  /** Why nothing changed although the state allows the action. */
  otherwise?: ProblemCode
}): Operation {
  const { action, side, otherwise = 'concurrent_change', ...names } = contract
  return operation(
    {
      ...names,
      method: 'post',
      tag: 'Bookings',
      access: side === 'driver' ? 'driver' : 'user',
      limit: 'write',
      idempotent: true,
      announces: true,
      params: IdParams,
      replies: { 200: Booking },
      errors: [...refusalsOf(action), 'booking_expired', otherwise],
    },
    async (ctx, { params }) => {
      const booking = await performAction(ctx, { bookingId: params.id, action, side, otherwise })
      return ok(await presentBooking(booking, ctx))
    },
  )
}

import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { changeBooking } from '#db/queries/bookings/change-booking.ts'
import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { activeStates, type BookingAction } from '#packages/booking/states.ts'
import { sourceStates, transition } from '#packages/booking/transition.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

interface Change {
  bookingId: string
  action: BookingAction
  side: 'driver' | 'passenger'
}

/**
 * Performs an action on a booking. The database decides in one statement; only when it refused is the booking read
 * to say why. Throws `not_found`, or the code that the state machine has for this action in the booking's state.
 */
export async function performAction(ctx: Ctx, { bookingId, action, side }: Change): Promise<BookingRow> {
  const from = sourceStates(action)
  const to = targetState(action)
  const releases = !activeStates.some((state) => state === to) && to !== 'completed'
  const now = new Date(ctx.now)
  const changed = await changeBooking(ctx.db, {
    bookingId,
    actorId: ctx.actor.userId,
    side,
    from,
    to,
    releases,
    now,
  })
  if (changed) return changed

  const booking = await loadBooking(ctx.db, bookingId, ctx.actor.userId)
  const mine = side === 'driver' ? booking?.driverId : booking?.passengerId
  if (!booking || mine !== ctx.actor.userId) throw new Problem('not_found')
  const answer = transition(booking.state, action)
  if ('refused' in answer) throw new Problem(answer.refused)
  const lapsed = booking.state === 'pending' && booking.expiresAt !== null && booking.expiresAt <= now
  throw new Problem(lapsed ? 'booking_expired' : 'concurrent_change')
}

/** Where an action leads from every state that allows it. */
function targetState(action: BookingAction): BookingRow['state'] {
  const [first] = sourceStates(action)
  const answer = first && transition(first, action)
  if (!answer || !('to' in answer)) throw new RangeError(`nothing allows ${action}`)
  return answer.to
}

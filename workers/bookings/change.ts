import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { type BookingChange, changeBooking } from '#db/queries/bookings/change-booking.ts'
import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { activeStates, type BookingAction, holdStates } from '#packages/booking/states.ts'
import { sourceStates, transition } from '#packages/booking/transition.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import type { Ctx } from '../context.ts'
import { offerFreedSeats } from './offer-freed-seats.ts'

interface Change extends Pick<BookingChange, 'bookingId' | 'side' | 'seen'> {
  action: BookingAction
  /** Why nothing changed although the state allows the action. */
  otherwise?: ProblemCode
}

/**
 * Performs an action on a booking. The database decides in one statement; only when it refused is the booking read
 * to say why. Seats that become free are offered to who waits for them. Throws `not_found`, `booking_expired`, the code
 * that the state machine has for this action in the booking's state, or `otherwise`.
 */
export async function performAction(
  ctx: Ctx,
  { bookingId, action, side, seen, otherwise = 'concurrent_change' }: Change,
): Promise<BookingRow> {
  const from = sourceStates(action)
  const to = targetState(action)
  const releases = !activeStates.some((state) => state === to) && to !== 'completed'
  const now = new Date(ctx.now)
  const actorId = ctx.actor.userId
  const changed = await changeBooking(ctx.db, { bookingId, actorId, side, from, to, releases, seen, now })
  if (changed && releases) ctx.defer(offerFreedSeats(ctx, changed.rideId))
  if (changed) return changed
  throw await whyRefused(ctx, { bookingId, action, side, otherwise })
}

/** Why an action on a booking changed nothing. */
export async function whyRefused(
  ctx: Ctx,
  { bookingId, action, side, otherwise }: Required<Omit<Change, 'seen'>>,
): Promise<Problem> {
  const booking = await loadBooking(ctx.db, bookingId, ctx.actor.userId)
  const mine = side === 'driver' ? booking?.driverId : booking?.passengerId
  if (!booking || mine !== ctx.actor.userId) return new Problem('not_found')
  const answer = transition(booking.state, action)
  if ('refused' in answer) return new Problem(answer.refused)
  return new Problem(hasLapsed(booking, ctx.now) ? 'booking_expired' : otherwise)
}

/** Whether a hold is over, though no sweep has seen it yet. */
export function hasLapsed({ state, expiresAt }: BookingRow, now: number): boolean {
  return holdStates.some((each) => each === state) && expiresAt !== null && expiresAt.getTime() <= now
}

/** Where an action leads from every state that allows it. */
function targetState(action: BookingAction): BookingRow['state'] {
  const [first] = sourceStates(action)
  const answer = first && transition(first, action)
  if (!answer || !('to' in answer)) throw new RangeError(`nothing allows ${action}`)
  return answer.to
}

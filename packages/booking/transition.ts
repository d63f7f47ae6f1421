import type { ProblemCode } from '#packages/errors/registry.ts'
import { type BookingAction, type BookingState, bookingStates } from './states.ts'

/** Where an action leads, or why it is refused. */
export type BookingTransition = { to: BookingState } | { refused: ProblemCode }

const refuse = (refused: ProblemCode): BookingTransition => ({ refused })

/** A state that nothing leaves. */
const final = (code: ProblemCode): Record<BookingAction, BookingTransition> => ({
  take_up: refuse(code),
  ask: refuse(code),
  reserve: refuse(code),
  pay: refuse(code),
  pay_ask: refuse(code),
  accept: refuse(code),
  reject: refuse(code),
  cancel: refuse(code),
  expire: refuse(code),
  board: refuse(code),
  complete: refuse(code),
  mark_absent: refuse(code),
  drop: refuse(code),
})

/** Every state × every action; the types refuse a missing pair. */
const transitions: Record<BookingState, Record<BookingAction, BookingTransition>> = {
  offered: {
    take_up: { to: 'confirmed' },
    ask: { to: 'pending' },
    reserve: { to: 'unpaid' },
    pay: refuse('booking_not_unpaid'),
    pay_ask: refuse('booking_not_unpaid'),
    accept: refuse('booking_not_pending'),
    reject: refuse('booking_not_pending'),
    cancel: { to: 'cancelled' },
    expire: { to: 'expired' },
    board: refuse('booking_not_confirmed'),
    complete: refuse('booking_not_confirmed'),
    mark_absent: refuse('booking_not_confirmed'),
    // Nobody has agreed to anything yet: the offer ends with the ride.
    drop: { to: 'expired' },
  },
  unpaid: {
    take_up: refuse('booking_not_offered'),
    ask: refuse('booking_not_offered'),
    reserve: refuse('booking_not_offered'),
    pay: { to: 'confirmed' },
    pay_ask: { to: 'pending' },
    accept: refuse('booking_not_pending'),
    reject: refuse('booking_not_pending'),
    cancel: { to: 'cancelled' },
    expire: { to: 'expired' },
    board: refuse('booking_not_confirmed'),
    complete: refuse('booking_not_confirmed'),
    mark_absent: refuse('booking_not_confirmed'),
    // The driver has not heard of it yet: what is paid late goes back.
    drop: { to: 'expired' },
  },
  pending: {
    take_up: refuse('booking_not_offered'),
    ask: refuse('booking_not_offered'),
    reserve: refuse('booking_not_offered'),
    pay: refuse('booking_not_unpaid'),
    pay_ask: refuse('booking_not_unpaid'),
    accept: { to: 'confirmed' },
    reject: { to: 'rejected' },
    cancel: { to: 'cancelled' },
    expire: { to: 'expired' },
    board: refuse('booking_not_confirmed'),
    complete: refuse('booking_not_confirmed'),
    mark_absent: refuse('booking_not_confirmed'),
    drop: { to: 'cancelled' },
  },
  confirmed: {
    take_up: refuse('booking_not_offered'),
    ask: refuse('booking_not_offered'),
    reserve: refuse('booking_not_offered'),
    pay: refuse('booking_not_unpaid'),
    pay_ask: refuse('booking_not_unpaid'),
    accept: refuse('booking_not_pending'),
    reject: refuse('booking_not_pending'),
    cancel: { to: 'cancelled' },
    expire: refuse('booking_not_pending'),
    board: { to: 'boarded' },
    // The ride ends only when every passenger has boarded or been marked absent.
    complete: refuse('passengers_unaccounted'),
    mark_absent: { to: 'no_show' },
    drop: { to: 'cancelled' },
  },
  boarded: {
    take_up: refuse('booking_not_offered'),
    ask: refuse('booking_not_offered'),
    reserve: refuse('booking_not_offered'),
    pay: refuse('booking_not_unpaid'),
    pay_ask: refuse('booking_not_unpaid'),
    accept: refuse('booking_not_pending'),
    reject: refuse('booking_not_pending'),
    // Who sits in the car can no longer cancel; boarding has released the pay.
    cancel: refuse('booking_boarded'),
    expire: refuse('booking_not_pending'),
    board: refuse('booking_boarded'),
    complete: { to: 'completed' },
    mark_absent: refuse('booking_boarded'),
    // A car can break down with passengers in it.
    drop: { to: 'cancelled' },
  },
  completed: final('booking_not_active'),
  rejected: final('booking_not_active'),
  cancelled: final('booking_not_active'),
  expired: final('booking_expired'),
  no_show: final('booking_not_active'),
}

/** Total: every action in every state has an answer. States only move forward. */
export function transition(state: BookingState, action: BookingAction): BookingTransition {
  return transitions[state][action]
}

/** The states in which an action is allowed: the `where` of the update that performs it. */
export function sourceStates(action: BookingAction): BookingState[] {
  return bookingStates.filter((state) => 'to' in transitions[state][action])
}

/** Every reason for which an action can be refused: what its operation has to declare. */
export function refusalsOf(action: BookingAction): ProblemCode[] {
  const answers = bookingStates.map((state) => transitions[state][action])
  return [...new Set(answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : [])))]
}

import type { BookingSide } from '#packages/booking/sides.ts'
import { type BookingState, comingStates } from '#packages/booking/states.ts'
import { type Ending, type Settlement, settleEnding } from './settle-ending.ts'

/** A booking as it is kept. Amounts are whole minor units. */
export interface EndedBooking extends Pick<Ending, 'rule' | 'fareAmount' | 'feeAmount' | 'rideChanged'> {
  state: BookingState
  /** From the first on; empty for what was not booked through the API. */
  history: readonly { state: BookingState; at: Date }[]
  cancelledBy: BookingSide | null
  pickupAt: Date
  updatedAt: Date
}

export const isAccepted = (state: BookingState): boolean => comingStates.some((coming) => coming === state)

/** Who ends a booking that came to this state, where nothing else says so. */
const causes = { cancelled: 'passenger', rejected: 'driver', expired: 'passenger', no_show: 'absence' } as const
const isEnd = (state: string): state is keyof typeof causes => Object.hasOwn(causes, state)

/** What comes back of a booking that has ended without a ride; null for any other. */
export function settleEnded(booking: EndedBooking): Settlement | null {
  const { state, history, cancelledBy, rule, fareAmount, feeAmount, rideChanged, pickupAt } = booking
  if (!isEnd(state)) return null
  const before = history.at(-2)?.state
  return settleEnding({
    ...{ rule, fareAmount, feeAmount, rideChanged, pickupAt: pickupAt.getTime() },
    // What was not booked through the API counts as accepted unless its end says otherwise.
    accepted: before ? isAccepted(before) : state === 'cancelled' || state === 'no_show',
    cause: cancelledBy ?? causes[state],
    at: endedAt(booking),
  })
}

/** When it came to the state that it has, Unix milliseconds. */
export const endedAt = ({ history, updatedAt }: Pick<EndedBooking, 'history' | 'updatedAt'>): number =>
  (history.at(-1)?.at ?? updatedAt).getTime()

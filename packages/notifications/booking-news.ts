import type { BookingSide } from '#packages/booking/sides.ts'
import type { BookingState } from '#packages/booking/states.ts'
import type { KindName } from './kinds.ts'
import { type News, newsOf } from './news.ts'

/** What an event says of a booking, and what is known about it. */
export interface BookingFacts {
  bookingId: string
  rideId: string
  driverId: string
  passengerId: string
  /** What it came to with the event. */
  state: BookingState
  /** What it was before; null: it was just made. */
  previous: BookingState | null
  /** It did come to another state then, and not only something around it changed. */
  moved: boolean
  /** Who moved it; null: time did. */
  actorId: string | null
  /** The ride was changed then, so much that its passengers may leave free. */
  rideChanged: boolean
  /** The ride was cancelled then. */
  rideCancelled: boolean
  expiresAt: Date | null
  pickupAt: Date
  arrivesAt: Date
}

type Told = readonly (readonly [KindName, BookingSide])[]

/** Who is told what when a booking comes to a state; the types refuse a state that is missing. */
const tellings: Record<BookingState, (facts: BookingFacts & { byDriver: boolean }) => Told> = {
  offered: () => [['seats_offered', 'passenger']],
  // The driver hears of it when it is paid.
  unpaid: () => [],
  pending: () => [['booking_requested', 'driver']],
  confirmed: ({ byDriver }) => [byDriver ? ['booking_confirmed', 'passenger'] : ['booking_made', 'driver']],
  rejected: () => [['booking_rejected', 'passenger']],
  // Of an offer that is declined, and of seats that were never paid, the driver never heard.
  cancelled: ({ byDriver, previous }) => {
    if (previous === 'offered') return []
    if (byDriver) return [['ride_cancelled', 'passenger']]
    return previous === 'unpaid' ? [] : [['booking_withdrawn', 'driver']]
  },
  expired: ({ previous, rideCancelled }) => {
    if (previous === 'unpaid') return [[rideCancelled ? 'ride_cancelled' : 'payment_missed', 'passenger']]
    return previous === 'pending' ? [['booking_expired', 'passenger']] : []
  },
  no_show: () => [['marked_absent', 'passenger']],
  completed: () => [
    ['review_due', 'driver'],
    ['review_due', 'passenger'],
  ],
  // Both are there and see it.
  boarded: () => [],
}

/** The news of a booking that came to a state, or around which something changed. @param at when, Unix milliseconds */
export function bookingNews(facts: BookingFacts, at: number): News[] {
  const { bookingId, rideId, driverId, passengerId, moved, state } = facts
  const instants = {
    answer: facts.expiresAt?.getTime() ?? null,
    departure: facts.pickupAt.getTime(),
    arrival: facts.arrivesAt.getTime(),
  }
  const changed: Told = facts.rideChanged ? [['ride_changed', 'passenger']] : []
  const told = moved ? tellings[state]({ ...facts, byDriver: facts.actorId === driverId }) : changed
  return told.map(([kind, side]) => {
    const [userId, personId] = side === 'driver' ? [driverId, passengerId] : [passengerId, driverId]
    // A driver is asked once for all whom they took along.
    const about = kind === 'review_due' ? rideId : bookingId
    return newsOf(kind, { userId, about, at, instants, data: { bookingId, rideId, personId } })
  })
}

import { offerDeadline } from '../../../packages/booking/offer-window.ts'
import { type BookingState, holdStates } from '../../../packages/booking/states.ts'
import { departureOf, type Model, type ModelBooking, type ModelEntry } from './model.ts'
import { assign, fits, isActive } from './seats.ts'

export const isHold = ({ state }: ModelBooking): boolean => holdStates.some((each) => each === state)
export const hasLapsed = (booking: ModelBooking, now: number): boolean =>
  isHold(booking) && booking.expiresAt !== null && booking.expiresAt <= now

/** A booking comes to a state. */
export function move(model: Model, booking: ModelBooking, state: BookingState): void {
  const wasAsked = booking.state === 'pending'
  booking.state = state
  booking.steps.push(state)
  booking.endedAt = model.now
  if (state === 'expired') booking.expiresAt = wasAsked ? booking.expiresAt : null
}

/** What happens to the entry whose offer a booking is. */
export function endEntry(model: Model, booking: ModelBooking, state: ModelEntry['state']): void {
  for (const entry of model.entries)
    if (entry.booking === booking && entry.state === 'offered') entry.state = state
}

/** Holds whose time is over end. */
export function lapse(model: Model): void {
  for (const booking of model.bookings.filter((each) => hasLapsed(each, model.now))) {
    move(model, booking, 'expired')
    endEntry(model, booking, 'lapsed')
  }
}

const maySeatsBeOffered = (model: Model) =>
  model.status === 'scheduled' && offerDeadline(model.now, departureOf(model)) !== null

/** Whoever waits and could be offered seats now, in order. */
export function fitting(model: Model): ModelEntry[] {
  if (!maySeatsBeOffered(model)) return []
  const booked = new Set(model.bookings.filter(isActive).map(({ passengerId }) => passengerId))
  return model.entries.filter(
    (entry) => entry.state === 'waiting' && !booked.has(entry.passengerId) && fits(model, entry),
  )
}

/** What is due: holds lapse, waiting ends, and free seats are offered in order. */
export function settle(model: Model): void {
  lapse(model)
  if (!maySeatsBeOffered(model))
    for (const entry of model.entries) if (entry.state === 'waiting') entry.state = 'lapsed'
  for (let [next] = fitting(model); next; [next] = fitting(model)) offer(model, next)
}

function offer(model: Model, entry: ModelEntry): void {
  const { passengerId, seats, legFrom, legTo, pickupAt, fareAmount } = entry
  const booking: ModelBooking = {
    ...{ passengerId, seats, legFrom, legTo, pickupAt, fareAmount, state: 'offered', steps: ['offered'] },
    ...{ places: assign(model, entry), expiresAt: offerDeadline(model.now, departureOf(model)) },
    ...{ cancelledBy: null, madeAt: model.now, endedAt: model.now, rideChanged: false },
    ...{ payWith: 'cash', feeAmount: 0, paid: false },
  }
  entry.state = 'offered'
  entry.booking = booking
  model.bookings.push(booking)
}

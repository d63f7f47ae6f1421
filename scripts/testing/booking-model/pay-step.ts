import { answerDeadline } from '../../../packages/booking/answer-deadline.ts'
import { paymentDeadline } from '../../../packages/booking/payment-deadline.ts'
import type { BookingState } from '../../../packages/booking/states.ts'
import { bookingFee } from '../../../packages/fares/booking-fee.ts'
import type { PayWay } from '../../../packages/payments/states.ts'
import { captureFor } from '../../storms/paying.ts'
import { fitting, move } from './advance.ts'
import { departureOf, type Model, type ModelBooking } from './model.ts'
import { fits, isFree, overlaps } from './seats.ts'
import { clock, type Outcome, Step } from './step.ts'
import { activeOrLast, bookingIdOf } from './whose-booking.ts'

export const feeOf = (fareAmount: number, payWith: PayWay): number =>
  payWith === 'cash' ? 0 : bookingFee(fareAmount).total

/** What a booking comes to when its seats are taken. */
export function stateTaken(model: Model, payWith: PayWay): { state: BookingState; expiresAt: number | null } {
  const departsAt = departureOf(model)
  if (payWith === 'online') return { state: 'unpaid', expiresAt: paymentDeadline(model.now, departsAt) }
  if (model.ride.bookingMode === 'instant') return { state: 'confirmed', expiresAt: null }
  return { state: 'pending', expiresAt: answerDeadline(model.now, departsAt) }
}

/** A payment comes in, in time or not: it is never refused, but it may confirm nothing. */
export function payStep(passengerId: string): Step {
  const predict = (model: Model): Outcome[] => {
    const booking = activeOrLast(model, passengerId)
    if (!booking || booking.payWith !== 'online') return ['refused']
    if (!booking.paid && isTaken(model, booking)) confirm(model, booking)
    booking.paid = true
    return ['done']
  }
  return new Step('pay', passengerId.slice(-4), predict, async (model, real) => {
    const bookingId = await bookingIdOf(real, passengerId)
    return (await captureFor(real.db, bookingId, clock(model))) ? 'done' : 'refused'
  })
}

/** Whether the seats are still held, or can be had again. */
function isTaken(model: Model, booking: ModelBooking): boolean {
  if (model.status !== 'scheduled' || departureOf(model) <= model.now) return false
  if (booking.state === 'unpaid') return true
  if (booking.state !== 'expired' || booking.steps.at(-2) !== 'unpaid') return false
  const others = fitting(model).some(
    (entry) => entry.passengerId !== booking.passengerId && overlaps(entry, booking),
  )
  return !others && fits(model, booking) && booking.places.every((seat) => isFree(model, seat, booking))
}

function confirm(model: Model, booking: ModelBooking): void {
  const { state, expiresAt } = stateTaken(model, 'cash')
  move(model, booking, state)
  booking.expiresAt = expiresAt
  const mine = model.entries.filter(({ passengerId }) => passengerId === booking.passengerId)
  const known = mine.some((entry) => entry.booking === booking)
  for (const entry of mine) {
    const became = entry.booking === booking && (entry.state === 'offered' || entry.state === 'lapsed')
    if (!became && entry.state !== 'waiting') continue
    entry.state = 'booked'
    entry.booking ??= known ? null : booking
  }
}

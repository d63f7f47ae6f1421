import { transition } from '../../../packages/booking/transition.ts'
import { act } from '../../storms/perform.ts'
import { endEntry, hasLapsed, move } from './advance.ts'
import { type Model } from './model.ts'
import { clock, doneIf, type Outcome, Step } from './step.ts'
import { activeOrLast, bookingIdOf } from './whose-booking.ts'

export type Action = 'accept' | 'reject' | 'cancel' | 'board' | 'mark_absent'

export function actStep(passengerId: string, action: Action): Step {
  const predict = (model: Model): Outcome[] => {
    const booking = activeOrLast(model, passengerId)
    const answer = booking && transition(booking.state, action)
    if (!booking || !answer || 'refused' in answer || hasLapsed(booking, model.now)) return ['refused']
    const due = model.status === 'started' || booking.pickupAt <= model.now
    if (action === 'mark_absent' && !due) return ['refused']
    if (action === 'cancel') endEntry(model, booking, 'left')
    move(model, booking, answer.to)
    booking.expiresAt = null
    if (action === 'cancel') booking.cancelledBy = 'passenger'
    return ['done']
  }
  return new Step(action, passengerId.slice(-4), predict, async (model, real) => {
    const bookingId = await bookingIdOf(real, passengerId)
    const actorId = action === 'cancel' ? passengerId : real.ride.driverId
    return doneIf(await act(real.db, { bookingId, actorId, action }, clock(model)))
  })
}

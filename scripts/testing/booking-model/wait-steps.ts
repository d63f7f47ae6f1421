import { leaveWaitlist } from '../../../db/queries/waitlist/leave-waitlist.ts'
import { listWaitlist } from '../../../db/queries/waitlist/load-waitlist.ts'
import { offerDeadline } from '../../../packages/booking/offer-window.ts'
import type { PayWay } from '../../../packages/payments/states.ts'
import { quoteFor } from '../../storms/new-ride.ts'
import { lineUp, takeUp } from '../../storms/perform.ts'
import { endEntry, hasLapsed, lapse, move, settle } from './advance.ts'
import { departureOf, type Model, type Part } from './model.ts'
import { feeOf, stateTaken } from './pay-step.ts'
import { fits, isActive } from './seats.ts'
import { clock, doneIf, type Outcome, Step } from './step.ts'
import { activeOrLast, bookingIdOf } from './whose-booking.ts'

export function joinStep(passengerId: string, part: Part): Step {
  const predict = (model: Model): Outcome[] => {
    const joins = (): Outcome => {
      lapse(model)
      const open = model.status === 'scheduled' && offerDeadline(model.now, departureOf(model)) !== null
      const booked = model.bookings.some((each) => isActive(each) && each.passengerId === passengerId)
      if (!open || booked || fits(model, part) || part.seats > model.ride.capacity) return 'refused'
      const waits = model.entries.some(
        (each) => each.passengerId === passengerId && (each.state === 'waiting' || each.state === 'offered'),
      )
      if (waits) return 'waitlist_entries_one_open'
      const { pickup, fareAmount } = quoteFor(model.ride, passengerId, part, clock(model))
      const times = { pickupAt: pickup.at, fareAmount }
      model.entries.push({ passengerId, ...part, ...times, state: 'waiting', booking: null })
      return 'done'
    }
    const before = structuredClone(model)
    const first = joins()
    if (first === 'refused') {
      settle(model)
      return [joins()]
    }
    if (first !== 'done') Object.assign(model, before)
    return [first]
  }
  return new Step(
    'wait',
    `${passengerId.slice(-4)} [${part.legFrom},${part.legTo}) × ${part.seats}`,
    predict,
    async (model, { db, ride }) =>
      doneIf(await lineUp(db, quoteFor(ride, passengerId, part, clock(model)), clock(model))),
  )
}

export function leaveStep(passengerId: string): Step {
  const predict = (model: Model): Outcome[] => {
    const entry = model.entries.findLast((each) => each.passengerId === passengerId)
    if (entry?.state !== 'waiting') return ['refused']
    entry.state = 'left'
    return ['done']
  }
  return new Step('leave', passengerId.slice(-4), predict, async (model, { db, ride }) => {
    const entries = await listWaitlist(db, { passengerId, limit: 100 })
    const id = entries.find((entry) => entry.rideId === ride.rideId)?.id ?? crypto.randomUUID()
    return doneIf(await leaveWaitlist(db, { id, passengerId }, clock(model)))
  })
}

export function takeUpStep(passengerId: string, payWith: PayWay): Step {
  const predict = (model: Model): Outcome[] => {
    const booking = activeOrLast(model, passengerId)
    if (booking?.state !== 'offered' || hasLapsed(booking, model.now)) return ['refused']
    const taken = stateTaken(model, payWith)
    if (payWith === 'cash') endEntry(model, booking, 'booked')
    move(model, booking, taken.state)
    Object.assign(booking, {
      payWith,
      expiresAt: taken.expiresAt,
      feeAmount: feeOf(booking.fareAmount, payWith),
    })
    return ['done']
  }
  return new Step('take up', `${passengerId.slice(-4)} ${payWith}`, predict, async (model, real) => {
    const offer = { bookingId: await bookingIdOf(real, passengerId), passengerId }
    return doneIf(await takeUp(real.db, offer, clock(model), payWith))
  })
}

import type { PayWay } from '../../../packages/payments/states.ts'
import { quoteFor } from '../../storms/new-ride.ts'
import { book } from '../../storms/perform.ts'
import { fitting, lapse, settle } from './advance.ts'
import { departureOf, type Model, type ModelBooking, type Part } from './model.ts'
import { feeOf, stateTaken } from './pay-step.ts'
import { assign, fits, isActive, isFree, overlaps } from './seats.ts'
import { clock, doneIf, type Outcome, Step } from './step.ts'

export function bookStep(
  passengerId: string,
  part: Part,
  named: readonly string[] | null,
  payWith: PayWay,
): Step {
  const predict = (model: Model): Outcome[] => {
    const { seatIds = [] } = model.ride
    const impossible = () =>
      model.status !== 'scheduled' ||
      departureOf(model) <= model.now ||
      named?.some((seat) => !seatIds.includes(seat)) === true
    const mine = () => model.bookings.find((each) => isActive(each) && each.passengerId === passengerId)
    const first = structuredClone(model)
    lapse(first)
    const othersWait = fitting(first).some((e) => e.passengerId !== passengerId && overlaps(e, part))
    if (impossible() || othersWait) settle(model)
    if (impossible()) return ['refused']
    const before = structuredClone(model)
    lapse(before)
    const refusals = [
      ...(before.bookings.some((each) => isActive(each) && each.passengerId === passengerId)
        ? ['bookings_one_active']
        : []),
      ...(fits(before, part) ? [] : ['ride_legs_taken_check']),
      ...(named && !named.every((seat) => isFree(before, seat, part)) ? ['booking_seats_no_overlap'] : []),
    ]
    // What a constraint refuses is undone as a whole, with the holds that it had ended.
    if (refusals.length > 0) return refusals
    lapse(model)
    if (mine()) throw new Error('the model is wrong')
    const quote = quoteFor(model.ride, passengerId, part, clock(model))
    const taken = stateTaken(model, payWith)
    const booking: ModelBooking = {
      ...{
        passengerId,
        ...part,
        state: taken.state,
        steps: [taken.state],
        cancelledBy: null,
        rideChanged: false,
      },
      ...{ places: named ? named.toSorted() : assign(model, part), madeAt: model.now, endedAt: model.now },
      ...{ expiresAt: taken.expiresAt, payWith, paid: false, feeAmount: feeOf(quote.fareAmount, payWith) },
      ...{ pickupAt: quote.pickup.at, fareAmount: quote.fareAmount },
    }
    model.bookings.push(booking)
    const entry = model.entries.find((each) => each.passengerId === passengerId && each.state === 'waiting')
    if (entry) Object.assign(entry, { state: payWith === 'cash' ? 'booked' : 'offered', booking })
    return ['done']
  }
  return new Step(
    'book',
    `${passengerId.slice(-4)} [${part.legFrom},${part.legTo}) × ${part.seats} ${named?.join() ?? ''} ${payWith}`,
    predict,
    async (model, { db, ride }) =>
      doneIf(await book(db, quoteFor(ride, passengerId, part, clock(model)), named, clock(model), payWith)),
  )
}

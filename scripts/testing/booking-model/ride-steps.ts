import { sql } from 'drizzle-orm'
import { cancelRide, completeRide, startRide } from '../../../db/queries/rides/change-ride.ts'
import { settleRide } from '../../../db/queries/waitlist/settle-ride.ts'
import { uuidv7 } from '../../../packages/ids/uuid.ts'
import { START_EARLIEST_BEFORE_MS } from '../../../packages/ride/start-window.ts'
import { transition as rideTransition } from '../../../packages/ride/transition.ts'
import { endEntry, hasLapsed, isHold, move, settle } from './advance.ts'
import { departureOf, type Model, type ModelBooking } from './model.ts'
import { isActive } from './seats.ts'
import { clock, doneIf, type Outcome, Step } from './step.ts'

const rideQueries = { start: startRide, complete: completeRide, cancel: cancelRide } as const

export function rideStep(action: keyof typeof rideQueries): Step {
  const predict = (model: Model): Outcome[] => {
    const answer = rideTransition(model.status, action)
    if ('refused' in answer) return ['refused']
    if (action === 'start' && departureOf(model) > model.now + START_EARLIEST_BEFORE_MS) return ['refused']
    if (action === 'complete' && model.bookings.some(({ state }) => state === 'confirmed')) return ['refused']
    model.status = answer.to
    for (const booking of model.bookings.filter(isActive)) endWithRide(model, booking, action)
    for (const entry of model.entries) if (entry.state === 'waiting') entry.state = 'lapsed'
    return ['done']
  }
  return new Step(action, 'the ride', predict, async (model, { db, ride }) => {
    const now = clock(model)
    const departsBefore = new Date(model.now + START_EARLIEST_BEFORE_MS)
    const { rideId, driverId } = ride
    return doneIf(await rideQueries[action](db, { rideId, driverId, now, departsBefore }))
  })
}

function endWithRide(model: Model, booking: ModelBooking, action: 'start' | 'complete' | 'cancel'): void {
  const isUnheard = booking.state === 'offered' || booking.state === 'unpaid'
  if (action === 'complete') move(model, booking, 'completed')
  else if (action === 'start' ? isHold(booking) : isUnheard || hasLapsed(booking, model.now)) {
    endEntry(model, booking, 'lapsed')
    move(model, booking, 'expired')
  } else if (action === 'cancel') {
    move(model, booking, 'cancelled')
    booking.cancelledBy = 'driver'
  }
}

export function passStep(minutes: number): Step {
  const predict = (model: Model): Outcome[] => {
    model.now += minutes * 60_000
    return ['done']
  }
  return new Step('pass', `${minutes} minutes`, predict, async () => 'done')
}

export function sweepStep(): Step {
  const predict = (model: Model): Outcome[] => {
    settle(model)
    return ['done']
  }
  return new Step('sweep', 'the ride', predict, async (model, { db, ride }) => {
    await settleRide(db, ride.rideId, clock(model))
    return 'done'
  })
}

export function changeStep(): Step {
  const predict = (model: Model): Outcome[] => {
    for (const booking of model.bookings.filter(isActive)) booking.rideChanged = true
    return ['done']
  }
  return new Step('change', 'the ride', predict, async (model, { db, ride }) => {
    await db.execute(sql`insert into ride_changes (id, ride_id, kind, material, details, at)
      values (${uuidv7(model.now)}, ${ride.rideId}, 'departure', true, '{}', ${clock(model)})`)
    return 'done'
  })
}

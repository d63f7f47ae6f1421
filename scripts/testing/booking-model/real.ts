import { sql } from 'drizzle-orm'
import type { Db } from '../../../db/client.ts'
import { listBookings } from '../../../db/queries/bookings/load-bookings.ts'
import { holdStates } from '../../../packages/booking/states.ts'
import { settleEnding } from '../../../packages/refunds/settle-ending.ts'
import { settleEnded } from '../../../workers/bookings/cancellation.ts'
import { brokenInvariants } from '../../storms/broken-invariants.ts'
import type { NewRide } from '../../storms/new-ride.ts'
import { readSnapshot } from '../../storms/ride-snapshot.ts'
import type { Model } from './model.ts'

/** The database, and what the model has no use for. */
export interface Real {
  db: Db
  ride: NewRide
  /** Counts the steps of all runs. */
  count: { steps: number; refused: number; done: Record<string, number> }
}

const includes = (states: readonly string[], state: string) => states.includes(state)

export const RULE = { freeSecondsBefore: 86_400, lateShare: 0.5 }

/** Holds the database against the model and against what must always be so. Empty: they agree. */
export async function compare(model: Model, { db, ride }: Real): Promise<string[]> {
  const snapshot = await readSnapshot(db, ride.rideId)
  const inModel = {
    status: model.status,
    bookings: model.bookings
      .map(({ passengerId, seats, legFrom, legTo, state, steps, places, cancelledBy, expiresAt }) => {
        const until = includes(holdStates, state) ? expiresAt : null
        return { passengerId, seats, legFrom, legTo, state, steps, places, cancelledBy, until }
      })
      .map((each) => JSON.stringify(each))
      .toSorted(),
    entries: model.entries.map(({ passengerId, state }) => `${passengerId} ${state}`),
  }
  const inTables = {
    status: snapshot.status,
    bookings: snapshot.bookings
      .map(({ passengerId, seats, legFrom, legTo, state, steps, places, cancelledBy, expiresAt }) => {
        const until = includes(holdStates, state) ? expiresAt?.getTime() : null
        const seated = places.map(({ seat }) => seat)
        return { passengerId, seats, legFrom, legTo, state, steps, places: seated, cancelledBy, until }
      })
      .map((each) => JSON.stringify(each))
      .toSorted(),
    entries: snapshot.entries.map(({ passengerId, state }) => `${passengerId} ${state}`),
  }
  const differences = JSON.stringify(inModel) === JSON.stringify(inTables) ? [] : [differ(inModel, inTables)]
  return [...brokenInvariants(snapshot), ...differences]
}

const differ = (model: object, tables: object) =>
  `model ${JSON.stringify(model, null, 1)}\ntables ${JSON.stringify(tables, null, 1)}`

/** What comes back of each booking that ended, as the API would show it, against what the model makes of it. */
export async function compareRefunds(model: Model, { db, ride }: Real): Promise<string[]> {
  const people = [...new Set(model.bookings.map(({ passengerId }) => passengerId))]
  const pages = people.map((userId) => {
    const page = { userId, side: 'passenger', rideId: ride.rideId, limit: 1000 } as const
    return listBookings(db, page, new Date(model.now))
  })
  const rows = (await Promise.all(pages)).flat()
  const shown = rows.map((row) => JSON.stringify([row.passengerId, row.state, settleEnded(row)])).toSorted()
  const wanted = model.bookings
    .map((booking) => JSON.stringify([booking.passengerId, booking.state, refundOf(booking)]))
    .toSorted()
  return JSON.stringify(shown) === JSON.stringify(wanted) ? [] : [differ(wanted, shown)]
}

function refundOf({ state, steps, cancelledBy, ...booking }: Model['bookings'][number]) {
  const { fareAmount, feeAmount } = booking.paid ? booking : { fareAmount: 0, feeAmount: 0 }
  const { endedAt, pickupAt, rideChanged } = booking
  if (state !== 'cancelled' && state !== 'rejected' && state !== 'expired' && state !== 'no_show') return null
  const before = steps.at(-2)
  const accepted = before === 'confirmed' || before === 'boarded'
  const cause = state === 'no_show' ? 'absence' : cancelledBy === 'driver' ? 'driver' : 'passenger'
  const settlement = settleEnding({
    ...{ rule: RULE, fareAmount, feeAmount, accepted, cause, rideChanged, at: endedAt, pickupAt },
  })
  // Operations give nothing back here.
  return { ...settlement, givenBefore: 0 }
}

/** Forgets what was announced, which is of no use to later runs. */
export async function forgetAnnouncements(db: Db): Promise<void> {
  await db.execute(sql`delete from outbox`)
}

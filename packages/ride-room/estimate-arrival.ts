import { ROAD_FACTOR } from '#packages/geo/path.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'
import type { Eta } from '#packages/protocol/server-frame.ts'
import { pathMetres, plannedSeconds } from './follow-path.ts'
import { dropoffKey, isThere, pickupKey } from './goals.ts'
import { paceFactor } from './pace.ts'
import type { RidePlan } from './ride-plan.ts'
import type { Member, Room } from './room.ts'

/** The present pace says something about the next half hour; what lies beyond is expected as planned. */
const PACE_HORIZON_SECONDS = 1_800
/** Back to the route at 30 km/h. */
const RETURN_METRES_PER_SECOND = 8.3
/** Nearer than this to its start the car has not departed, and to a stop it is at it. */
const AT_METRES = 100

/** When the car is expected, Unix milliseconds. */
export interface ArrivalTimes {
  pickupAt: number | null
  arrivesAt: number | null
}

/**
 * When the car will be at a place of its path, Unix milliseconds:
 *
 *     start + back + f · min(s, 1800) + max(0, s − 1800) + 60 · stops
 *
 * with s the planned driving seconds from the car to the place, f the present pace (`paceFactor`), `stops` the stops
 * strictly between, `back` the way back to the route for a car that has left it, and `start` now, or the planned
 * departure for a car that waits for it at its first stop.
 * Null where the car was not seen on the path yet.
 */
export function estimateArrival(
  { watch }: Pick<Room, 'watch'>,
  plan: RidePlan,
  metres: number,
  now: number,
): number | null {
  const { metres: done, pace, off, offRoute } = watch
  if (done === null) return null
  const { path, stops, departsAt } = plan
  const planned = Math.max(0, plannedSeconds(path, metres) - plannedSeconds(path, done))
  const near = Math.min(planned, PACE_HORIZON_SECONDS)
  const between = stops.filter((stop) => stop.metres > done + AT_METRES && stop.metres < metres - AT_METRES)
  const back = offRoute === true ? (off * ROAD_FACTOR) / RETURN_METRES_PER_SECOND : 0
  const seconds = back + near * paceFactor(pace) + (planned - near) + between.length * STOP_DWELL_SECONDS
  const start = done <= AT_METRES ? Math.max(now, departsAt) : now
  return start + seconds * 1000
}

/** The arrival times that concern a person: a passenger's own, for everybody else that of the ride. Null: not known. */
export function etaFor(
  room: Room,
  who: Pick<Member, 'role' | 'userId' | 'bookingId'>,
  now: number,
): ArrivalTimes | null {
  const { plan, watch } = room
  if (plan === null || watch.metres === null) return null
  if (who.role !== 'passenger') {
    const isOver = isThere(plan, watch.reached)
    return {
      pickupAt: null,
      arrivesAt: isOver ? null : estimateArrival(room, plan, pathMetres(plan.path), now),
    }
  }
  const booking = plan.bookings.find(({ bookingId, passengerId }) =>
    who.bookingId === null ? passengerId === who.userId : bookingId === who.bookingId,
  )
  if (!booking) return null
  const { bookingId, boarded, pickup, dropoff } = booking
  const isFetched = boarded || watch.reached.includes(pickupKey(bookingId))
  return {
    pickupAt: isFetched ? null : estimateArrival(room, plan, pickup.metres, now),
    arrivesAt: watch.reached.includes(dropoffKey(bookingId))
      ? null
      : estimateArrival(room, plan, dropoff.metres, now),
  }
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export function presentEta(eta: ArrivalTimes | null): Eta | null {
  return eta && { pickupAt: instant(eta.pickupAt), arrivesAt: instant(eta.arrivesAt) }
}

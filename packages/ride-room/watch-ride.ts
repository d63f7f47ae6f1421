import { detectLongStop } from './detect-long-stop.ts'
import { detectOffRoute } from './detect-off-route.ts'
import { detectReached } from './detect-reached.ts'
import { followPath, plannedSeconds } from './follow-path.ts'
import { isThere, openGoals, readGoalKey } from './goals.ts'
import { WATCH_EVERY_MS } from './limits.ts'
import { addDriving } from './pace.ts'
import type { RidePlan } from './ride-plan.ts'
import type { Turn } from './room.ts'
import type { Fix } from './room-record.ts'
import { saveRoom } from './save-room.ts'
import { tell, travellers, type Unnumbered } from './tell.ts'
import { tellArrivals } from './tell-arrivals.ts'
import { wantPlan } from './want-plan.ts'
import type { Watch } from './watch.ts'

/** Longer silences say nothing about the pace. */
const MAX_PACE_GAP_SECONDS = 120

/** What happened on the way, with whom it concerns where that is not everybody. */
interface Happening {
  event: Unnumbered
  passengerId?: string
}

/** What the room knows of the way after this position, and what has happened with it. */
export function lookAtWay(watch: Watch, plan: RidePlan, car: Fix): { watch: Watch; happened: Happening[] } {
  const at = new Date(car.at).toISOString()
  const { metres, off } = followPath(plan.path, car, watch.metres)
  const happened: Happening[] = []

  const offRoute = isThere(plan, watch.reached) ? watch.offRoute : detectOffRoute(watch.offRoute, off)
  if (offRoute !== watch.offRoute && watch.offRoute !== null) {
    happened.push({ event: { type: 'off_route', off: offRoute === true, metres: Math.round(off), at } })
  }
  const expected = [...plan.stops, ...plan.bookings.flatMap(({ pickup, dropoff }) => [pickup, dropoff])]
  const standing = detectLongStop(watch.standing, car, car.at, expected)
  if (standing?.told && !(watch.standing?.told && watch.standing.since === standing.since)) {
    happened.push({ event: { type: 'long_stop', since: new Date(standing.since).toISOString(), at } })
  }
  const { near, reached } = detectReached(watch.near, openGoals(plan, watch.reached), car, car.at)
  for (const { key } of reached) happened.push(arrivalOf(key, plan, at))

  return {
    watch: {
      ...{ at: car.at, metres, off, offRoute, standing, near, pace: paceAfter(watch, plan, car.at, metres) },
      reached: [...watch.reached, ...reached.map(({ key }) => key)],
    },
    happened,
  }
}

function arrivalOf(key: string, plan: RidePlan, at: string): Happening {
  const what = readGoalKey(key)
  if ('stop' in what) return { event: { type: 'stop_reached', stop: what.stop, at } }
  const passengerId = plan.bookings.find(({ bookingId }) => bookingId === what.bookingId)?.passengerId ?? ''
  return { event: { type: 'arrival', ...what, at }, passengerId }
}

/** Standing at a planned place is no driving; neither is what happened unseen, nor the way to the first stop. */
function paceAfter({ at, metres, pace, near, offRoute }: Watch, { path }: RidePlan, now: number, next: number) {
  if (at === null || metres === null || offRoute === null || Object.keys(near).length > 0) return pace
  const taken = (now - at) / 1000
  if (taken > MAX_PACE_GAP_SECONDS || next < metres) return pace
  return addDriving(pace, taken, plannedSeconds(path, next) - plannedSeconds(path, metres))
}

/** Compares the newest position with the plan, now and then, and tells what has happened: each thing once. */
export function watchRide(turn: Turn): void {
  const { room } = turn
  wantPlan(turn)
  const car = room.position
  if (room.plan === null || car === null) return
  if (room.watch.at !== null && car.at - room.watch.at < WATCH_EVERY_MS) return
  const { watch, happened } = lookAtWay(room.watch, room.plan, car)
  room.watch = watch
  // In storage before it is told: whatever happens next, it is not told twice.
  if (happened.length > 0) saveRoom(turn)
  for (const { event, passengerId } of happened) {
    tell(
      turn,
      event,
      passengerId === undefined ? travellers : { roles: ['driver'], userId: passengerId, position: true },
    )
  }
  tellArrivals(turn)
}

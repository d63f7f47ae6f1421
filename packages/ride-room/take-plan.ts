import type { Effect } from './effect.ts'
import { PLAN_RETRY_MS } from './limits.ts'
import { type PlanRow, readPlan } from './ride-plan.ts'
import { beginTurn, type Room } from './room.ts'
import { settle } from './settle-turn.ts'
import { watchRide } from './watch-ride.ts'

/**
 * The plan that was asked for, or null where it could not be had: then it is asked for again later. Until it is there
 * positions are shown as always, without arrival times and without events of the way.
 */
export function takePlan(room: Room, row: PlanRow | null, now: number): Effect[] {
  const turn = beginTurn(room, now)
  if (row === null) {
    room.planDue = now + PLAN_RETRY_MS
    return settle(turn)
  }
  room.plan = readPlan(row)
  if (room.position !== null) watchRide(turn)
  return settle(turn)
}

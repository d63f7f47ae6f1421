import type { RideState } from '#packages/ride/transition.ts'
import { dismissMember } from './leave-room.ts'
import type { Turn } from './room.ts'
import { everyone, tell } from './tell.ts'

const order: Record<RideState, number> = { scheduled: 0, started: 1, completed: 2, cancelled: 2 }

/** The later of two states of a ride; the first where neither is. */
export function laterState(a: RideState, b: RideState): RideState {
  return order[b] > order[a] ? b : a
}

/** The reason to close with once the ride is over; null before. */
export function overReason(status: RideState): 'ride_completed' | 'ride_cancelled' | null {
  if (status === 'completed') return 'ride_completed'
  return status === 'cancelled' ? 'ride_cancelled' : null
}

/**
 * Moves the ride forward and tells everyone; a late or repeated news that would move it back does nothing. At the end
 * the last position is forgotten, every socket closed, and the trace of a ride that was driven is due.
 * @param at when it happened, ISO 8601
 * @returns whether it moved
 */
export function advanceRide(turn: Turn, status: RideState, at: string): boolean {
  const { room, now } = turn
  if (laterState(room.status, status) === room.status) return false
  const wasDriven = room.status === 'started'
  room.status = status
  if (status === 'started') room.startedAt = now
  const reason = overReason(status)
  if (reason !== null) {
    room.position = null
    room.pendingSince = null
    if (wasDriven) room.traceDue = now
  }
  tell(turn, { type: 'ride', status, at }, everyone)
  if (reason !== null) for (const member of room.members.values()) dismissMember(turn, member, reason)
  return true
}

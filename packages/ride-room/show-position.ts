import { takeToken } from '#packages/rates/token-bucket.ts'
import { MAX_WAIT_MS, PACE, PACE_GRACE_MS } from './limits.ts'
import { hears, type Room, type Turn } from './room.ts'
import { followers, tell } from './tell.ts'

/** Frames with this key replace each other. */
export const LATEST_POSITION = 'position'

/** Whether anybody would hear a position. */
function isFollowed({ members }: Room, now: number): boolean {
  for (const member of members.values()) if (hears(member, followers, now)) return true
  return false
}

function tellPosition(turn: Turn): void {
  const { room } = turn
  if (room.position === null) return
  const { at, receivedAt: _, ...shown } = room.position
  room.pendingSince = null
  tell(turn, { type: 'position', ...shown, at: new Date(at).toISOString() }, followers, LATEST_POSITION)
}

/**
 * A new position: told at once after a silence, else with the next one that comes in time, or by the timer. About one
 * frame a second is told this way however many positions come, and none that is newest waits longer than a second.
 * Where nobody follows nothing is encoded.
 * @param waited milliseconds that it, or one that it replaces, has waited before it came here
 */
export function showPosition(turn: Turn, waited = 0): void {
  const { room, now } = turn
  if (!isFollowed(room, now)) room.pendingSince = null
  else if (takeToken(room.pace, PACE, now)) tellPosition(turn)
  else room.pendingSince ??= now - Math.min(MAX_WAIT_MS, Math.max(0, waited))
}

/** When the position that waits must be told at the latest; null when none waits. */
export function positionDue({ pace, pendingSince }: Room): number | null {
  if (pendingSince === null) return null
  const turn = pace.at + Math.max(0, 1 - pace.tokens) * (1000 / PACE.perSecond)
  return Math.min(pendingSince + MAX_WAIT_MS, Math.ceil(turn) + PACE_GRACE_MS)
}

/** Tells the position that waits, if its time has come, or the clock was set back. */
export function tellWaitingPosition(turn: Turn): void {
  const { room, now } = turn
  const due = positionDue(room)
  if (due === null || (now < due && now >= (room.pendingSince ?? now))) return
  takeToken(room.pace, PACE, now)
  if (isFollowed(room, now)) tellPosition(turn)
  else room.pendingSince = null
}

import type { Effect } from './effect.ts'
import { freshAt, isStale } from './freshness.ts'
import { showPositionsTo } from './greet-member.ts'
import { dismissMember } from './leave-room.ts'
import { TRACE_RETRY_MS } from './limits.ts'
import { beginTurn, type Room, type Turn } from './room.ts'
import { saveRoom } from './save-room.ts'
import { waitsForPosition } from './set-alarm.ts'
import { settle } from './settle-turn.ts'
import { informed, tell } from './tell.ts'

/** Shows the car to passengers whose time to see it has come. */
function openEyes(turn: Turn): void {
  const { room, now } = turn
  for (const member of room.members.values()) {
    if (member.positionsFrom === null || member.positionsFrom > now) continue
    showPositionsTo(turn, member)
  }
}

/** The alarm's work; may be called any time. What is due by then is done, once. */
export function ringAlarm(room: Room, now: number): Effect[] {
  const turn = beginTurn(room, now)
  room.alarmAt = null
  for (const member of room.members.values()) {
    if (member.expiresAt !== null && member.expiresAt <= now) dismissMember(turn, member, 'pass_expired')
  }
  openEyes(turn)
  const fresh = freshAt(room)
  if (waitsForPosition(room, fresh) && isStale(fresh, now)) {
    room.staleTold = fresh
    tell(turn, { type: 'stale', since: new Date(fresh).toISOString() }, informed)
    saveRoom(turn)
  }
  if (room.traceDue !== null && room.traceDue <= now) {
    // Set anew before it is tried: whatever happens meanwhile, it comes again until it got there.
    room.traceDue = now + Math.min(TRACE_RETRY_MS.first * 2 ** room.traceTries, TRACE_RETRY_MS.longest)
    room.traceTries += 1
    saveRoom(turn)
    turn.effects.push({ do: 'store-trace' })
  }
  return settle(turn)
}

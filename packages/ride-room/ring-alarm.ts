import type { Effect } from './effect.ts'
import { freshAt, isStale } from './freshness.ts'
import { dismissMember } from './leave-room.ts'
import { STALE_AFTER_MS } from './limits.ts'
import type { Room, Turn } from './room.ts'
import { saveRoom } from './save-room.ts'
import { everyone, tell } from './tell.ts'

/** When the room has something to do by itself, Unix milliseconds; null when nobody is there or nothing is due. */
function nextDue(room: Room): number | null {
  const dues: number[] = []
  for (const { expiresAt } of room.members.values()) if (expiresAt !== null) dues.push(expiresAt)
  const fresh = freshAt(room)
  if (room.members.size > 0 && fresh !== null && room.staleTold !== fresh) dues.push(fresh + STALE_AFTER_MS)
  return dues.length === 0 ? null : dues.reduce((a, b) => Math.min(a, b))
}

/**
 * Makes sure the room is woken for what is due next. An alarm that is set too early stays: setting one is a storage
 * write, and positions move the due time ten times a second; the early call finds nothing and sets it anew.
 */
export function setAlarm({ room, effects }: Turn): void {
  const due = nextDue(room)
  if (due === null || (room.alarmAt !== null && room.alarmAt <= due)) return
  room.alarmAt = due
  effects.push({ do: 'alarm', at: due })
}

/** The alarm's work: closes sockets whose pass ran out, tells once that positions stopped. May be called any time. */
export function ringAlarm(room: Room, now: number): Effect[] {
  const turn: Turn = { room, now, effects: [] }
  room.alarmAt = null
  for (const member of room.members.values()) {
    if (member.expiresAt !== null && member.expiresAt <= now) dismissMember(turn, member, 'pass_expired')
  }
  const fresh = freshAt(room)
  if (room.members.size > 0 && fresh !== null && room.staleTold !== fresh && isStale(fresh, now)) {
    room.staleTold = fresh
    tell(turn, { type: 'stale', since: new Date(fresh).toISOString() }, everyone)
    saveRoom(turn)
  }
  setAlarm(turn)
  return turn.effects
}

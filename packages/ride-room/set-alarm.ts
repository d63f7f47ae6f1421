import { freshAt } from './freshness.ts'
import { STALE_AFTER_MS } from './limits.ts'
import type { Room, Turn } from './room.ts'

/** Whether silence has to be told once it has lasted long enough. */
export function waitsForPosition(room: Room, fresh: number | null): fresh is number {
  return room.members.size > 0 && fresh !== null && room.staleTold !== fresh
}

/** When the room has something to do by itself, Unix milliseconds; null when nobody is there or nothing is due. */
function nextDue(room: Room): number | null {
  let due = room.traceDue ?? Number.POSITIVE_INFINITY
  for (const { expiresAt, positionsFrom } of room.members.values()) {
    due = Math.min(due, expiresAt ?? due, positionsFrom ?? due)
  }
  const fresh = freshAt(room)
  if (waitsForPosition(room, fresh)) due = Math.min(due, fresh + STALE_AFTER_MS)
  return Number.isFinite(due) ? due : null
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

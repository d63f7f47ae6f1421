import { STALE_AFTER_MS } from './limits.ts'
import type { Room } from './room.ts'

/** Since when the room waits for a position: the last one, else the start. Null unless the ride is under way. */
export function freshAt(room: Room): number | null {
  if (room.status !== 'started') return null
  return room.position?.receivedAt ?? room.startedAt
}

/** Whether that is too long ago. */
export function isStale(fresh: number | null, now: number): boolean {
  return fresh !== null && now - fresh >= STALE_AFTER_MS
}

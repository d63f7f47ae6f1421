import type { Effect } from './effect.ts'
import { KEEP_EVERY_MS, SAVE_EVERY_MS, TIMER_SLACK_MS } from './limits.ts'
import { beginTurn, checkpointKeeper, type Room, type Turn } from './room.ts'
import { keepMember, saveRoom } from './save-room.ts'
import { setAlarm } from './set-alarm.ts'
import { positionDue, tellWaitingPosition } from './show-position.ts'

/** When storage must know what it does not; null when it knows everything. */
function saveDue({ unsavedSince }: Room): number | null {
  return unsavedSince === null ? null : unsavedSince + SAVE_EVERY_MS
}

/** When the source's socket must carry what has changed; null when it does. */
function keepDue(room: Room): number | null {
  return room.kept.isOld && checkpointKeeper(room) ? room.kept.at + KEEP_EVERY_MS : null
}

/**
 * Keeps the room's progress with the source's socket: at once when a number was told, which must never be given again, else
 * now and then. It costs as much as sending three frames.
 */
function keepCheckpoint(turn: Turn): void {
  const { room, now } = turn
  const keeper = checkpointKeeper(room)
  if (!keeper || !room.kept.isOld) return
  const { at, seq } = room.kept
  if (room.seq === seq && now >= at && now < at + KEEP_EVERY_MS) return
  room.kept = { at: now, seq: room.seq, isOld: false }
  keepMember(turn, keeper)
}

function isSoonEnough(timerAt: number | null, due: number): boolean {
  return timerAt !== null && timerAt <= due && timerAt > due - TIMER_SLACK_MS
}

/** Makes sure that `ringTimer` is called when a position must be told or saved. */
function setTimer({ room, effects }: Turn): void {
  // What the source's socket carries need not be saved before the object may sleep.
  const kept = checkpointKeeper(room) ? keepDue(room) : saveDue(room)
  const due = Math.min(positionDue(room) ?? Number.POSITIVE_INFINITY, kept ?? Number.POSITIVE_INFINITY)
  const at = due === Number.POSITIVE_INFINITY ? null : due
  if (at === null ? room.timerAt === null : isSoonEnough(room.timerAt, at)) return
  room.timerAt = at
  effects.push({ do: 'timer', at })
}

/** The end of every turn: what is due is done, and the room will be woken for what is due later. */
export function settle(turn: Turn): Effect[] {
  const { room, now, effects } = turn
  tellWaitingPosition(turn)
  const due = saveDue(room)
  if (due !== null && (due <= now || now < (room.unsavedSince ?? now))) saveRoom(turn)
  if (turn.progressed) room.kept.isOld = true
  keepCheckpoint(turn)
  setTimer(turn)
  setAlarm(turn)
  return effects
}

/** The timer's work, for which the room must not have slept. May be called any time. */
export function ringTimer(room: Room, now: number): Effect[] {
  room.timerAt = null
  return settle(beginTurn(room, now))
}

import type { PositionFrame } from '#packages/protocol/client-frame.ts'
import {
  MAX_ACCURACY_METRES,
  MAX_CLOCK_AHEAD_MS,
  POSITION_RATE,
  SAVE_EVERY_MS,
  STALE_AFTER_MS,
} from './limits.ts'
import { setAlarm } from './ring-alarm.ts'
import type { Member, Room, Turn } from './room.ts'
import { keepMember, saveRoom } from './save-room.ts'
import { passengers, refuse, tell } from './tell.ts'
import { takeToken } from './token-bucket.ts'

/** Of a driver's devices the newest that reports is the source; an older one takes over when it has gone silent. */
function mayReport(room: Room, member: Member, now: number): boolean {
  const source = room.source === null ? undefined : room.members.get(room.source)
  if (!source || source.joinedAt <= member.joinedAt) return true
  return room.position !== null && now - room.position.receivedAt >= STALE_AFTER_MS
}

const replacedMessage = 'Another of your devices reports the position of this ride now'

function becomeSource(turn: Turn, member: Member): void {
  const { room } = turn
  if (room.source === member.id) return
  const before = room.source === null ? undefined : room.members.get(room.source)
  room.source = member.id
  if (!before) return
  // Only one socket may carry the checkpoint.
  keepMember(turn, before)
  refuse(turn, before, 'source_replaced', replacedMessage)
}

/**
 * The time by which a fix is ordered: the device's own, so that late ones are recognised. A clock far ahead would make
 * every later fix look old and freeze the car on the map; such fixes are ordered by their arrival instead.
 */
function fixTime(claimed: number, last: number, now: number): number {
  return claimed > now + MAX_CLOCK_AHEAD_MS ? Math.max(now, last + 1) : claimed
}

/** A driver's position: refused when it is not theirs to give, dropped when it is of no use, else told to the passengers. */
export function acceptPosition(turn: Turn, member: Member, frame: PositionFrame): void {
  const { room, now } = turn
  if (member.role !== 'driver') {
    return refuse(turn, member, 'not_the_driver', 'Only the driver reports the position of a ride')
  }
  if (room.status !== 'started') {
    return refuse(
      turn,
      member,
      'ride_not_live',
      `The ride is ${room.status}; positions count once it has started`,
    )
  }
  if (!mayReport(room, member, now)) return refuse(turn, member, 'source_replaced', replacedMessage)

  const { lat, lng, heading = null, speed = null, accuracy = null } = frame
  const last = room.position?.at ?? Number.NEGATIVE_INFINITY
  const at = fixTime(Date.parse(frame.at), last, now)
  if (!takeToken(room.positions, POSITION_RATE, now)) room.dropped.tooFast += 1
  else if (accuracy !== null && accuracy > MAX_ACCURACY_METRES) room.dropped.inaccurate += 1
  else if (at <= last) room.dropped.outOfOrder += 1
  else {
    becomeSource(turn, member)
    const shown = { lat, lng, heading, speed, accuracy }
    room.position = { ...shown, at, receivedAt: now }
    tell(turn, { type: 'position', ...shown, at: new Date(at).toISOString() }, passengers)
    if (now - room.savedAt >= SAVE_EVERY_MS) saveRoom(turn)
    if (room.alarmAt === null) setAlarm(turn)
  }
}

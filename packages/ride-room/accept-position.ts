import type { PositionFrame } from '#packages/protocol/client-frame.ts'
import { takeToken } from '#packages/rates/token-bucket.ts'
import type { MemberId } from './effect.ts'
import { MAX_ACCURACY_METRES, MAX_CLOCK_AHEAD_MS, POSITION_RATE, STALE_AFTER_MS } from './limits.ts'
import type { Member, Room, Turn } from './room.ts'
import { keepMember, noteProgress } from './save-room.ts'
import { refuse } from './tell.ts'
import { keepOnTrack } from './trace.ts'
import { watchRide } from './watch-ride.ts'

/** The source of positions that came over REST, where no socket reports any. */
export const REST: MemberId = 'rest'

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
  room.kept.at = Number.NEGATIVE_INFINITY
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

/** Takes a fix in as the newest position, or drops it as of no use. Nobody is told yet. */
export function takeFix(turn: Turn, frame: Omit<PositionFrame, 'type'>): boolean {
  const { room, now } = turn
  const { lat, lng, heading = null, speed = null, accuracy = null } = frame
  const last = room.position?.at ?? Number.NEGATIVE_INFINITY
  const at = fixTime(Date.parse(frame.at), last, now)
  if (accuracy !== null && accuracy > MAX_ACCURACY_METRES) room.dropped.inaccurate += 1
  else if (at <= last) room.dropped.outOfOrder += 1
  else {
    room.position = { lat, lng, heading, speed, accuracy, at, receivedAt: now }
    noteProgress(turn)
    keepOnTrack(turn)
    return true
  }
  return false
}

/**
 * A driver's position: refused when it is not theirs to give, dropped when it is of no use, else taken in. It is shown when
 * the turn has taken in all that came with it.
 */
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
  if (!takeToken(room.positions, POSITION_RATE, now)) room.dropped.tooFast += 1
  else if (takeFix(turn, frame)) {
    becomeSource(turn, member)
    turn.moved = true
    watchRide(turn)
  }
}

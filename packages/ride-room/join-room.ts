import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { advanceRide, overReason } from './advance-ride.ts'
import { barredReason } from './bar.ts'
import type { Effect, MemberId } from './effect.ts'
import { greetMember, snapshot } from './greet-member.ts'
import { dismissMember } from './leave-room.ts'
import { FRAME_RATE, MAX_MEMBERS, MAX_SOCKETS_PER_USER } from './limits.ts'
import { setAlarm } from './ring-alarm.ts'
import type { Member, Room, Turn } from './room.ts'
import { keepMember, saveRoom } from './save-room.ts'
import { sayTo } from './tell.ts'
import { tokenBucket } from './token-bucket.ts'

export interface Joiner {
  id: MemberId
  pass: RoomPass
  /** The last number that this client has seen, if it was here before. */
  after: number | null
}

/** Why this pass does not open this room, or null. */
function refusal(room: Room, pass: RoomPass, now: number): CloseReason | null {
  if (pass.ride.id !== room.rideId) return 'unauthenticated'
  if (pass.role === 'driver' && pass.userId !== pass.ride.driverId) return 'unauthenticated'
  if (pass.expiresAt !== undefined && pass.expiresAt <= now) return 'pass_expired'
  const barred = barredReason(room, pass, now)
  if (barred !== null) return barred
  // The driver's own socket count is limited below; a full room must not keep the car out.
  return pass.role !== 'driver' && room.members.size >= MAX_MEMBERS ? 'room_full' : null
}

/** One person keeps at most so many sockets: the oldest make place. */
function makePlace(turn: Turn, userId: string): void {
  const theirs = [...turn.room.members.values()].filter((member) => member.userId === userId)
  theirs.sort((a, b) => a.joinedAt - b.joinedAt)
  const tooMany = theirs.slice(0, Math.max(0, theirs.length + 1 - MAX_SOCKETS_PER_USER))
  for (const member of tooMany) dismissMember(turn, member, 'replaced')
}

/** Lets a socket in, or closes it with the reason why not. Its pass may also bring news of the ride's status. */
export function joinRoom(room: Room, { id, pass, after }: Joiner, now: number): Effect[] {
  const turn: Turn = { room, now, effects: [] }
  const { userId, sessionId, role, bookingId = null, expiresAt = null } = pass
  const refused = refusal(room, pass, now)
  if (refused !== null) return [{ do: 'close', member: id, reason: refused }]

  if (advanceRide(turn, pass.ride.status, new Date(now).toISOString())) saveRoom(turn)
  const over = overReason(room.status)
  if (over !== null) {
    sayTo(turn, id, snapshot(room, role, false, now))
    turn.effects.push({ do: 'close', member: id, reason: over })
    return turn.effects
  }
  makePlace(turn, userId)
  // Strictly increasing, so that of two sockets one is always the newer.
  room.lastJoinedAt = Math.max(now, room.lastJoinedAt + 1)
  const who = { userId, sessionId, role, bookingId, expiresAt }
  const frames = tokenBucket(FRAME_RATE, now)
  const member: Member = { id, ...who, joinedAt: room.lastJoinedAt, greeted: null, frames }
  room.members.set(id, member)
  if (!room.firstSeen.has(userId)) room.firstSeen.set(userId, room.seq)
  keepMember(turn, member)
  greetMember(turn, member, after)
  setAlarm(turn)
  return turn.effects
}

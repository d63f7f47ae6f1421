import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { tokenBucket } from '#packages/rates/token-bucket.ts'
import { advanceRide, overReason } from './advance-ride.ts'
import { barredReason } from './bar.ts'
import type { Effect, MemberId } from './effect.ts'
import { greetMember, snapshot } from './greet-member.ts'
import { dismissMember } from './leave-room.ts'
import { FRAME_RATE, MAX_MEMBERS, MAX_SOCKETS_PER_USER, MAX_VIEWERS } from './limits.ts'
import { beginTurn, type Member, type Room, seesPositions, type Turn } from './room.ts'
import { keepMember, saveRoom } from './save-room.ts'
import { settle } from './settle-turn.ts'
import { sayTo } from './tell.ts'

export interface Joiner {
  id: MemberId
  pass: RoomPass
  /** The last number that this client has seen, if it was here before. */
  after: number | null
}

/** Why this pass does not show this ride, or null. */
export function refusal(room: Room, pass: RoomPass, now: number): CloseReason | null {
  if (pass.ride.id !== room.rideId) return 'unauthenticated'
  if (pass.role === 'driver' && pass.userId !== pass.ride.driverId) return 'unauthenticated'
  if (pass.expiresAt !== undefined && pass.expiresAt <= now) return 'pass_expired'
  return barredReason(room, pass, now)
}

/** Whether there is no place for one more. The driver's own sockets are limited below; a full room must not keep the car out. */
function isFull({ members }: Room, role: RoomPass['role']): boolean {
  if (role === 'driver') return false
  if (members.size >= MAX_MEMBERS) return true
  if (role !== 'viewer') return false
  let viewers = 0
  for (const member of members.values()) if (member.role === 'viewer') viewers += 1
  return viewers >= MAX_VIEWERS
}

/** One person keeps at most so many sockets: the oldest make place. */
function makePlace(turn: Turn, userId: string): void {
  const theirs = [...turn.room.members.values()].filter((member) => member.userId === userId)
  theirs.sort((a, b) => a.joinedAt - b.joinedAt)
  const tooMany = theirs.slice(0, Math.max(0, theirs.length + 1 - MAX_SOCKETS_PER_USER))
  for (const member of tooMany) dismissMember(turn, member, 'replaced')
}

/** Who a pass is for. */
export function whoHas(pass: RoomPass): Omit<Member, 'id' | 'joinedAt' | 'greeted' | 'frames'> {
  const { role, expiresAt = null } = pass
  if (role === 'viewer') {
    const { linkId } = pass
    return { userId: linkId, sessionId: linkId, role, bookingId: null, positionsFrom: null, expiresAt }
  }
  const { userId, sessionId } = pass
  const { bookingId = null, positionsFrom = null } = role === 'passenger' ? pass : {}
  return { userId, sessionId, role, bookingId, positionsFrom, expiresAt }
}

/** Lets a socket in, or closes it with the reason why not. Its pass may also bring news of the ride's status. */
export function joinRoom(room: Room, { id, pass, after }: Joiner, now: number): Effect[] {
  const turn = beginTurn(room, now)
  // A link that joins again begins anew.
  room.members.delete(id)
  const who = whoHas(pass)
  const refused = refusal(room, pass, now) ?? (isFull(room, pass.role) ? 'room_full' : null)
  if (refused !== null) return [{ do: 'close', member: id, reason: refused }]

  if (advanceRide(turn, pass.ride.status, new Date(now).toISOString())) saveRoom(turn)
  const over = overReason(room.status)
  if (over !== null) {
    sayTo(turn, id, snapshot(room, who, false, now))
    turn.effects.push({ do: 'close', member: id, reason: over })
    return settle(turn)
  }
  if (pass.role !== 'viewer') makePlace(turn, who.userId)
  // Strictly increasing, so that of two sockets one is always the newer.
  room.lastJoinedAt = Math.max(now, room.lastJoinedAt + 1)
  const frames = tokenBucket(FRAME_RATE, now)
  const member: Member = { id, ...who, joinedAt: room.lastJoinedAt, greeted: null, frames }
  room.members.set(id, member)
  if (!room.firstSeen.has(who.userId)) room.firstSeen.set(who.userId, room.seq)
  greetMember(turn, member, after)
  if (seesPositions(member, now)) member.positionsFrom = null
  keepMember(turn, member)
  return settle(turn)
}

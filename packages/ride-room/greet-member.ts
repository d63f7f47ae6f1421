import type { RoomRole, SnapshotFrame } from '#packages/protocol/server-frame.ts'
import { etaFor, presentEta } from './estimate-arrival.ts'
import { freshAt, isStale } from './freshness.ts'
import { hears, type Member, type Room, seesPositions, type Turn } from './room.ts'
import { keepMember } from './save-room.ts'
import { sayTo } from './tell.ts'

/** Who looks, as far as it decides what there is to see. */
export type Onlooker = Pick<Member, 'role' | 'userId' | 'bookingId' | 'positionsFrom'>

/** Where things stand, for that person. Positions are shown only while the ride is under way, and in time. */
export function snapshot(room: Room, who: Onlooker, resumed: boolean, now: number): SnapshotFrame {
  const fix = room.status === 'started' && seesPositions(who, now) ? room.position : null
  const at = new Date(now).toISOString()
  const role: RoomRole = who.role
  const positionsFrom = seesPositions(who, now) ? null : new Date(who.positionsFrom ?? now).toISOString()
  const frame = {
    ...({ type: 'snapshot', seq: room.seq } as const),
    ...{ ride: { id: room.rideId, status: room.status }, you: { role, positionsFrom } },
  }
  if (fix === null) return { ...frame, position: null, eta: null, resumed, at }
  const { receivedAt, ...shown } = fix
  const age = Math.max(0, now - receivedAt) / 1000
  const position = { ...shown, at: new Date(fix.at).toISOString(), age, stale: isStale(freshAt(room), now) }
  return { ...frame, position, eta: presentEta(etaFor(room, who, now)), resumed, at }
}

/** What a member missed after a number, encoded, or null when the room no longer knows all of it. */
function missedBy(room: Room, member: Member, after: number): string[] | null {
  const earliest = Math.max(room.floor, room.firstSeen.get(member.userId) ?? room.seq)
  if (after < earliest || after > room.seq) return null
  return room.ring.filter(({ seq, to, at }) => seq > after && hears(member, to, at)).map(({ frame }) => frame)
}

/** Shows the way that the car has come meanwhile to a member that was away for longer than the ring reaches back. */
function replayTrace({ room, now, effects }: Turn, member: Member, after: number): void {
  if (member.role !== 'passenger' || room.status !== 'started' || after >= room.seq) return
  if (!seesPositions(member, now)) return
  if (room.track.length > 0) {
    effects.push({ do: 'track', points: room.track })
    room.track = []
  }
  effects.push({ do: 'replay', to: member.id, after, since: member.positionsFrom ?? 0 })
}

/**
 * Greets who just joined: what it missed after that number, if still known, else where the car has been since; then
 * always a snapshot.
 */
export function greetMember(turn: Turn, member: Member, after: number | null): void {
  const { room, now, effects } = turn
  const missed = after === null ? null : missedBy(room, member, after)
  for (const frame of missed ?? []) effects.push({ do: 'send', to: [member.id], frame })
  if (after !== null && missed === null) replayTrace(turn, member, after)
  sayTo(turn, member.id, snapshot(room, member, missed !== null, now))
  member.greeted = after === null ? room.seq : null
}

/**
 * Answers `resume`: as long as nothing was told to this socket since the snapshot that greeted it, the same as joining
 * with the number. Later a replay would bring numbers back in time, so a fresh snapshot is the answer.
 */
export function resumeMember(turn: Turn, member: Member, after: number): void {
  const { room } = turn
  const { greeted } = member
  const rewindable =
    greeted !== null &&
    greeted >= room.floor &&
    !room.ring.some(({ seq, to, at }) => seq > greeted && hears(member, to, at))
  // A number from the future is known by nobody: it stands for "cannot rewind".
  greetMember(turn, member, rewindable ? after : room.seq + 1)
}

/** From now on this member sees where the car is, beginning with a snapshot. */
export function showPositionsTo(turn: Turn, member: Member): void {
  member.positionsFrom = null
  keepMember(turn, member)
  sayTo(turn, member.id, snapshot(turn.room, member, false, turn.now))
  member.greeted = null
}

import type { RideRole, SnapshotFrame } from '#packages/protocol/server-frame.ts'
import { freshAt, isStale } from './freshness.ts'
import { hears, type Member, type Room, type Turn } from './room.ts'
import { sayTo } from './tell.ts'

/** Where things stand, for somebody in that role. Positions are shown only while the ride is under way. */
export function snapshot(room: Room, role: RideRole, resumed: boolean, now: number): SnapshotFrame {
  const fix = room.status === 'started' ? room.position : null
  const at = new Date(now).toISOString()
  const frame = { type: 'snapshot', seq: room.seq, ride: { id: room.rideId, status: room.status } } as const
  if (fix === null) return { ...frame, you: { role }, position: null, resumed, at }
  const { receivedAt, ...shown } = fix
  const age = Math.max(0, now - receivedAt) / 1000
  const position = { ...shown, at: new Date(fix.at).toISOString(), age, stale: isStale(freshAt(room), now) }
  return { ...frame, you: { role }, position, resumed, at }
}

/** What a member missed after a number, encoded, or null when the room no longer knows all of it. */
function missedBy(room: Room, member: Member, after: number, now: number): string[] | null {
  const earliest = Math.max(room.floor, room.firstSeen.get(member.userId) ?? room.seq)
  if (after < earliest || after > room.seq) return null
  return room.ring.filter(({ seq, to }) => seq > after && hears(member, to, now)).map(({ frame }) => frame)
}

/** Greets who just joined: what it missed after that number, if still known, and then always a snapshot. */
export function greetMember(turn: Turn, member: Member, after: number | null): void {
  const { room, now, effects } = turn
  const missed = after === null ? null : missedBy(room, member, after, now)
  for (const frame of missed ?? []) effects.push({ do: 'send', to: [member.id], frame })
  sayTo(turn, member.id, snapshot(room, member.role, missed !== null, now))
  member.greeted = after === null ? room.seq : null
}

/**
 * Answers `resume`: as long as nothing was told to this socket since the snapshot that greeted it, the same as joining
 * with the number. Later a replay would bring numbers back in time, so a fresh snapshot is the answer.
 */
export function resumeMember(turn: Turn, member: Member, after: number): void {
  const { room, now } = turn
  const { greeted } = member
  const rewindable =
    greeted !== null &&
    greeted >= room.floor &&
    !room.ring.some(({ seq, to }) => seq > greeted && hears(member, to, now))
  // A number from the future is known by nobody: it stands for "cannot rewind".
  greetMember(turn, member, rewindable ? after : room.seq + 1)
}

import type { RideRole } from '#packages/protocol/server-frame.ts'
import type { RideState } from '#packages/ride/transition.ts'
import type { Effect, MemberId } from './effect.ts'
import { FRAME_RATE, POSITION_RATE } from './limits.ts'
import type { Barred, Fix, MemberRecord, RoomRecord } from './room-record.ts'
import { type TokenBucket, tokenBucket } from './token-bucket.ts'

/** Who an event is for: everyone in these roles, and this person. */
export interface Audience {
  roles: readonly RideRole[]
  userId?: string
}

export interface Member extends Omit<MemberRecord, 'v' | 'checkpoint'> {
  id: MemberId
  /** The number of the snapshot that greeted it, as long as it may still rewind from there. */
  greeted: number | null
  frames: TokenBucket
}

/** A ride's room: plain data, changed only by this package. All instants Unix milliseconds. */
export interface Room {
  readonly rideId: string
  status: RideState
  startedAt: number | null
  position: Fix | null
  /** The freshness that was told to have run out; equal to the current one once told. */
  staleTold: number | null
  seen: string[]
  barred: Barred[]
  savedAt: number

  /** The number last told, and the number up to which storage knows that they may have been told. */
  seq: number
  reserved: number
  members: Map<MemberId, Member>
  /** The driver's socket that reports the position. */
  source: MemberId | null

  // Lost in hibernation, on purpose.
  ring: { seq: number; to: Audience; frame: string }[]
  /** Every event after this number is in the ring. */
  floor: number
  /** The number at each person's first join: nobody rewinds to a time before. */
  firstSeen: Map<string, number>
  positions: TokenBucket
  alarmAt: number | null
  lastJoinedAt: number
  dropped: { tooFast: number; outOfOrder: number; inaccurate: number }
}

/** One call into the kernel: what it works on and the effects it collects. */
export interface Turn {
  readonly room: Room
  readonly now: number
  readonly effects: Effect[]
}

/**
 * A room from what survived: the stored record and the records of the sockets still open; both absent for a new room.
 * Where a socket carries the checkpoint the sequence goes on exactly; else it skips to the reserved mark.
 */
export function createRoom(
  rideId: string,
  record: RoomRecord | null,
  sockets: Iterable<readonly [MemberId, MemberRecord]>,
  now: number,
): Room {
  const room: Room = {
    rideId,
    status: record?.status ?? 'scheduled',
    startedAt: record?.startedAt ?? null,
    position: record?.position ?? null,
    staleTold: record?.staleTold ?? null,
    seen: record?.seen ?? [],
    barred: record?.barred ?? [],
    savedAt: record?.savedAt ?? now,
    seq: record?.reserved ?? 0,
    reserved: record?.reserved ?? 0,
    members: new Map(),
    source: null,
    ring: [],
    floor: 0,
    firstSeen: new Map(),
    positions: tokenBucket(POSITION_RATE, now),
    alarmAt: null,
    lastJoinedAt: 0,
    dropped: { tooFast: 0, outOfOrder: 0, inaccurate: 0 },
  }
  let told = record?.seq ?? 0
  for (const [id, { v: _, checkpoint, ...member }] of sockets) {
    room.members.set(id, { ...member, id, greeted: null, frames: tokenBucket(FRAME_RATE, now) })
    room.lastJoinedAt = Math.max(room.lastJoinedAt, member.joinedAt)
    // An older one is left over from a socket that is no longer the source.
    if (checkpoint === null || checkpoint.seq < told) continue
    told = checkpoint.seq
    room.source = id
    room.seq = checkpoint.seq
    room.position = checkpoint.position
  }
  room.floor = room.seq
  for (const member of room.members.values()) room.firstSeen.set(member.userId, room.seq)
  return room
}

/** Whether an event is meant for a member now: nothing reaches a socket whose pass has run out. */
export function hears(member: Member, { roles, userId }: Audience, now: number): boolean {
  if (member.expiresAt !== null && member.expiresAt <= now) return false
  return roles.includes(member.role) || member.userId === userId
}

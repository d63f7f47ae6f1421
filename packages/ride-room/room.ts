import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import type { RoomRole } from '#packages/protocol/server-frame.ts'
import { type TokenBucket, tokenBucket } from '#packages/rates/token-bucket.ts'
import type { RideState } from '#packages/ride/transition.ts'
import type { Effect, MemberId } from './effect.ts'
import { FRAME_RATE, PACE, POSITION_RATE } from './limits.ts'
import type { RidePlan } from './ride-plan.ts'
import type { Barred, Fix, MemberRecord, RoomRecord } from './room-record.ts'
import type { TrackPoint } from './track-point.ts'
import { newWatch, type Watch } from './watch.ts'

/** Who an event is for: everyone in these roles, and this person. */
export interface Audience {
  roles: readonly RoomRole[]
  userId?: string
  /** It says where the car is: only for those who may see that by now. */
  position?: true
}

export interface Member extends Omit<MemberRecord, 'v' | 'checkpoint'> {
  id: MemberId
  /** The number of the snapshot that greeted it, as long as it may still rewind from there. */
  greeted: number | null
  frames: TokenBucket
}

/** Something told, with the instant of it: who did not hear it then does not hear it later. */
interface Told {
  seq: number
  to: Audience
  at: number
  frame: string
}

/** A ride's room: plain data, changed only by this package. All instants Unix milliseconds. */
export interface Room {
  readonly rideId: string
  status: RideState
  startedAt: number | null
  position: Fix | null
  /** Since when a position waits to be told. */
  pendingSince: number | null
  /** The freshness that was told to have run out; equal to the current one once told. */
  staleTold: number | null
  seen: string[]
  barred: Barred[]
  watch: Watch
  traceDue: number | null
  traceTries: number

  /** The number last told, and the number up to which storage knows that they may have been told. */
  seq: number
  reserved: number
  members: Map<MemberId, Member>
  /** The driver's socket that reports the position, or `REST`. */
  source: MemberId | null

  // Lost in hibernation, on purpose.
  ring: Told[]
  /** Every event after this number is in the ring. */
  floor: number
  /** The number at each person's first join: nobody rewinds to a time before. */
  firstSeen: Map<string, number>
  positions: TokenBucket
  pace: TokenBucket
  alarmAt: number | null
  timerAt: number | null
  /** What the source's socket carries: since when, up to which number, and whether there is more by now. */
  kept: { at: number; seq: number; isOld: boolean }
  /** Since when there is something that storage does not know. */
  unsavedSince: number | null
  /** Kept positions that are not in storage yet, and the one kept last. */
  track: TrackPoint[]
  lastTracked: TrackPoint | null
  plan: RidePlan | null
  /** When the plan is to be asked for (again); null while it is known or on its way. */
  planDue: number | null
  /** When arrival times were told last, and which, by whom they were for. */
  etaAt: number | null
  etaTold: Map<string, { pickupAt: number | null; arrivesAt: number | null }>
  lastJoinedAt: number
  dropped: { tooFast: number; outOfOrder: number; inaccurate: number }
}

/** One call into the kernel: what it works on and the effects it collects. */
export interface Turn {
  readonly room: Room
  readonly now: number
  readonly effects: Effect[]
  /** Whether the checkpoint is out of date. */
  progressed: boolean
  /** Whether a newer position came that is still to be shown. */
  moved: boolean
}

export function beginTurn(room: Room, now: number): Turn {
  return { room, now, effects: [], progressed: false, moved: false }
}

/**
 * A room from what survived: the stored record and the records of the sockets still there; both absent for a new room.
 * Where a socket carries the checkpoint the sequence goes on exactly; else it skips to the reserved mark.
 * @param alarmAt when the alarm rings that is set; null: none is known of
 */
export function createRoom(
  rideId: string,
  record: RoomRecord | null,
  sockets: Iterable<readonly [MemberId, MemberRecord]>,
  now: number,
  alarmAt: number | null = null,
): Room {
  const room: Room = {
    rideId,
    status: record?.status ?? 'scheduled',
    startedAt: record?.startedAt ?? null,
    position: record?.position ?? null,
    pendingSince: record?.pendingSince ?? null,
    staleTold: record?.staleTold ?? null,
    seen: record?.seen ?? [],
    barred: record?.barred ?? [],
    watch: record?.watch ?? newWatch(),
    traceDue: record?.traceDue ?? null,
    traceTries: record?.traceTries ?? 0,
    seq: record?.reserved ?? 0,
    reserved: record?.reserved ?? 0,
    members: new Map(),
    source: null,
    ring: [],
    floor: 0,
    firstSeen: new Map(),
    positions: tokenBucket(POSITION_RATE, now),
    pace: tokenBucket(PACE, now),
    alarmAt,
    timerAt: null,
    kept: { at: Number.NEGATIVE_INFINITY, seq: 0, isOld: false },
    unsavedSince: null,
    track: [],
    lastTracked: null,
    plan: null,
    planDue: now,
    etaAt: null,
    etaTold: new Map(),
    lastJoinedAt: 0,
    dropped: { tooFast: 0, outOfOrder: 0, inaccurate: 0 },
  }
  let told = record?.seq ?? 0
  let newest = record?.position?.at ?? Number.NEGATIVE_INFINITY
  for (const [id, { v: _, checkpoint, ...member }] of sockets) {
    room.members.set(id, { ...member, id, greeted: null, frames: tokenBucket(FRAME_RATE, now) })
    room.lastJoinedAt = Math.max(room.lastJoinedAt, member.joinedAt)
    // An older one is left over from a socket that is no longer the source.
    if (checkpoint === null || checkpoint.seq < told || (checkpoint.position?.at ?? newest) < newest) continue
    told = checkpoint.seq
    newest = checkpoint.position?.at ?? newest
    room.source = id
    Object.assign(room, checkpoint)
  }
  room.floor = room.seq
  for (const member of room.members.values()) room.firstSeen.set(member.userId, room.seq)
  return room
}

/** Whether an event is meant for a member: nothing reaches a socket whose pass has run out. */
export function hears(member: Member, { roles, userId, position }: Audience, now: number): boolean {
  if (member.expiresAt !== null && member.expiresAt <= now) return false
  if (position && !seesPositions(member, now)) return false
  return roles.includes(member.role) || member.userId === userId
}

/** Whether a member may know at that instant where the car is. */
export function seesPositions({ positionsFrom }: Pick<Member, 'positionsFrom'>, at: number): boolean {
  return positionsFrom === null || positionsFrom <= at
}

/** The member that reports the position, where its socket can carry the checkpoint. */
export function checkpointKeeper(room: Room): Member | undefined {
  return room.source === null || isLinkId(room.source) ? undefined : room.members.get(room.source)
}

import type { Presence } from '#packages/protocol/hub-calls.ts'
import { type TokenBucket, tokenBucket } from '#packages/rates/token-bucket.ts'
import type { Effect, MemberId } from './effect.ts'
import type { EventLog } from './event-log.ts'
import type { ClientRecord, HubRecord, MemberRecord } from './hub-record.ts'
import { FRAME_RATE, SIGN_RATE, WATCH_RATE } from './limits.ts'

export interface Member extends Omit<MemberRecord, 'v'> {
  id: MemberId
  /** Of whom it is told, and of whom it wants to be told as far as that may be. */
  watching: readonly string[]
  wanted: readonly string[]
  frames: TokenBucket
  signs: TokenBucket
  watches: TokenBucket
}

/** A person's hub: plain data, changed only by this package. All instants Unix milliseconds. */
export interface Hub extends Omit<HubRecord, 'v'> {
  readonly userId: string
  readonly log: EventLog
  /** The number told last, and when the oldest event of the log came. All events after `floor` are in the log. */
  seq: number
  oldestAt: number | null
  members: Map<MemberId, Member>
  /** Who is told when this person comes and goes. */
  watchers: Set<string>
  /** Socket.IO clients that may come back, by their `pid`. */
  clients: Map<string, ClientRecord>

  // Lost in hibernation, on purpose.
  /** Of the messages up to this number it was noted that they arrived. */
  delivered: number
  /** What was heard last of those who are watched. */
  heard: Map<string, Presence>
  alarmAt: number | null
  lastJoinedAt: number
  /** Keys in storage of members that did not survive. */
  orphans: string[]
}

/** One call into the kernel: what it works on and the effects it collects. */
export interface Turn {
  readonly hub: Hub
  readonly now: number
  readonly effects: Effect[]
}

/** A member from its record. */
export function memberOf(id: MemberId, stored: MemberRecord, now: number): Member {
  const { v: _, ...record } = stored
  const buckets = {
    frames: tokenBucket(FRAME_RATE, now),
    signs: tokenBucket(SIGN_RATE, now),
    watches: tokenBucket(WATCH_RATE, now),
  }
  return { ...record, id, watching: [], wanted: [], ...buckets }
}

/** Whether a member's pass is still good: nothing reaches one whose pass has run out. */
export function isCurrent(member: Member, now: number): boolean {
  return member.expiresAt === null || member.expiresAt > now
}

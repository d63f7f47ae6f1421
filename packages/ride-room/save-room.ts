import { QUIET_MS, SEQ_BLOCK } from './limits.ts'
import { checkpointKeeper, type Member, type Room, type Turn } from './room.ts'
import type { RoomRecord } from './room-record.ts'

/** Whether more positions are to be expected in the next moments. */
function isStreaming({ source, status, position }: Room, now: number): boolean {
  return source !== null && status === 'started' && position !== null && now - position.receivedAt < QUIET_MS
}

/**
 * Writes the room to storage. While positions stream a block of numbers is reserved ahead, so that a crash skips numbers
 * and never repeats one; without, every event is saved before it is told and none is skipped.
 */
export function saveRoom(turn: Turn): void {
  const { room, now, effects } = turn
  room.reserved = isStreaming(room, now) ? room.seq + SEQ_BLOCK : room.seq
  // Without a socket that carries the number, the reserve is given back once nothing streams any more.
  room.unsavedSince = room.reserved > room.seq && !checkpointKeeper(room) ? now : null
  const { status, startedAt, seq, reserved, position, pendingSince, staleTold } = room
  const { traceDue, traceTries } = room
  if (room.track.length > 0) {
    effects.push({ do: 'track', points: room.track })
    room.track = []
    turn.progressed = true
  }
  const record = {
    ...{
      v: 1 as const,
      status,
      startedAt,
      seq,
      reserved,
      position,

      pendingSince,
      staleTold,
      traceDue,
      traceTries,
    },
    seen: [...room.seen],
    barred: [...room.barred],
    watch: structuredClone(room.watch),
  } satisfies RoomRecord
  effects.push({ do: 'save', record })
}

/** Keeps a member with its socket; the position's source carries the room's progress too. */
export function keepMember({ room, effects }: Turn, member: Member): void {
  const { id, greeted: _, frames: __, ...who } = member
  const { seq, position, pendingSince, track } = room
  const isKeeper = checkpointKeeper(room) === member
  const checkpoint = isKeeper ? { seq, position, pendingSince, track: [...track] } : null
  effects.push({ do: 'keep', member: id, record: { v: 1, ...who, checkpoint } })
}

/** Notes that the room has come further: with the source's socket that is kept at the end of the turn, in storage soon. */
export function noteProgress(turn: Turn): void {
  turn.progressed = true
  turn.room.unsavedSince ??= turn.now
}

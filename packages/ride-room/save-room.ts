import { SEQ_BLOCK } from './limits.ts'
import type { Member, Turn } from './room.ts'

/**
 * Writes the room to storage. While a socket reports positions a block of numbers is reserved ahead, so that a crash
 * skips numbers and never repeats one; without one, every event is saved before it is told and none is skipped.
 */
export function saveRoom({ room, now, effects }: Turn): void {
  room.reserved = room.source === null ? room.seq : room.seq + SEQ_BLOCK
  room.savedAt = now
  const { status, startedAt, seq, reserved, position, staleTold } = room
  const lists = { seen: [...room.seen], barred: [...room.barred] }
  const record = {
    v: 1,
    status,
    startedAt,
    seq,
    reserved,
    position,
    staleTold,
    ...lists,
    savedAt: now,
  } as const
  effects.push({ do: 'save', record })
}

/** Keeps a member with its socket; the position's source carries the room's progress too. */
export function keepMember({ room, effects }: Turn, member: Member): void {
  const { id, userId, sessionId, role, bookingId, expiresAt, joinedAt } = member
  const checkpoint = room.source === id ? { seq: room.seq, position: room.position } : null
  const who = { userId, sessionId, role, bookingId, expiresAt, joinedAt }
  effects.push({ do: 'keep', member: id, record: { v: 1, ...who, checkpoint } })
}

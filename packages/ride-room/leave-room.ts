import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { Effect, MemberId } from './effect.ts'
import type { Member, Room, Turn } from './room.ts'
import { saveRoom } from './save-room.ts'

/** Forgets a socket. With the source goes the checkpoint, so the room is saved. */
function forgetMember(turn: Turn, id: MemberId): void {
  const { room } = turn
  room.members.delete(id)
  if (room.source !== id) return
  room.source = null
  saveRoom(turn)
}

/** Closes a member's socket with that reason; it hears nothing more. */
export function dismissMember(turn: Turn, member: Member, reason: CloseReason): void {
  turn.effects.push({ do: 'close', member: member.id, reason })
  forgetMember(turn, member.id)
}

/** A socket has closed. */
export function leaveRoom(room: Room, id: MemberId, now: number): Effect[] {
  const turn: Turn = { room, now, effects: [] }
  if (room.members.has(id)) forgetMember(turn, id)
  return turn.effects
}

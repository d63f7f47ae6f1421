import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { Effect, MemberId } from './effect.ts'
import { beginTurn, type Member, type Room, type Turn } from './room.ts'
import { saveRoom } from './save-room.ts'
import { settle } from './settle-turn.ts'

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

/** Sockets have closed. */
export function leaveRoom(room: Room, ids: MemberId | readonly MemberId[], now: number): Effect[] {
  const turn = beginTurn(room, now)
  for (const id of typeof ids === 'string' ? [ids] : ids) {
    if (!room.members.has(id)) continue
    forgetMember(turn, id)
    if (isLinkId(id)) turn.effects.push({ do: 'forget', member: id })
  }
  return settle(turn)
}

/** A gateway is out of reach: its sockets leave, and are told to come back should the news reach them. */
export function leaveGateway(room: Room, gateway: string, now: number): Effect[] {
  const turn = beginTurn(room, now)
  for (const member of room.members.values()) {
    if (member.id.startsWith(`${gateway}/`)) dismissMember(turn, member, 'internal')
  }
  return settle(turn)
}

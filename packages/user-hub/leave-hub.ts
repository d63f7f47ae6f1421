import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { Effect, MemberId } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Member, Turn } from './hub.ts'
import { MAX_ACKS } from './limits.ts'
import { dropMember, forgetUnwatched, keepClient, saveHub } from './save-hub.ts'

/** Remembers up to where a session has acknowledged, for when it comes back without a number. */
function rememberAck(turn: Turn, { sessionId, acked }: Member): void {
  const { hub } = turn
  const before = hub.acks.find((ack) => ack.sessionId === sessionId)?.seq ?? -1
  if (acked === null || acked <= before) return
  const others = hub.acks.filter((ack) => ack.sessionId !== sessionId)
  hub.acks = [...others, { sessionId, seq: acked }].slice(-MAX_ACKS)
  saveHub(turn)
}

/** Forgets a connection, but not how far it came. */
function forgetMember(turn: Turn, member: Member): void {
  const { hub, now } = turn
  hub.members.delete(member.id)
  dropMember(turn, member)
  rememberAck(turn, member)
  forgetUnwatched(hub)
  const client = member.pid === null ? undefined : hub.clients.get(member.pid)
  const isElsewhere = [...hub.members.values()].some(({ pid }) => pid === member.pid)
  if (member.pid !== null && client && !isElsewhere) keepClient(turn, member.pid, { ...client, leftAt: now })
}

/** Closes a member's connection with that reason; it hears nothing more. */
export function dismissMember(turn: Turn, member: Member, reason: CloseReason): void {
  turn.effects.push({ do: 'close', member: member.id, reason })
  forgetMember(turn, member)
}

/** Connections have closed. */
export function leaveHub(hub: Hub, ids: Iterable<MemberId>, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  for (const id of ids) {
    const member = hub.members.get(id)
    if (member) forgetMember(turn, member)
  }
  return finishTurn(turn)
}

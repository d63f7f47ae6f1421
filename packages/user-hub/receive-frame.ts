import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import { MAX_FRAME_LENGTH } from '#packages/protocol/client-frame.ts'
import { HubClientFrame } from '#packages/protocol/hub-client-frame.ts'
import { explainFrame, readJson } from '#packages/protocol/read-json.ts'
import { takeToken } from '#packages/rates/token-bucket.ts'
import type { Effect, MemberId } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import { type Hub, isCurrent, type Member, type Turn } from './hub.ts'
import { dismissMember } from './leave-hub.ts'
import { FRAME_RATE, SIGN_RATE } from './limits.ts'
import { keepMember } from './save-hub.ts'
import { refuse, sayTo } from './say.ts'
import { wantWatch } from './watch.ts'

/** What a client cannot have heard, it cannot acknowledge. */
function acknowledge(turn: Turn, member: Member, seq: number): void {
  const { hub, effects } = turn
  if (seq > hub.seq || seq <= (member.acked ?? -1)) return
  const messageIds = hub.log.about(Math.max(hub.delivered, member.acked ?? 0), seq)
  if (messageIds.length > 0) effects.push({ do: 'errand', errand: { kind: 'delivered', messageIds } })
  hub.delivered = Math.max(hub.delivered, seq)
  member.acked = seq
  // A link is written when it joins and leaves; until then its number is in memory, and what was lost is told again.
  if (!isLinkId(member.id)) keepMember(turn, member)
}

function answer(turn: Turn, member: Member, text: string): void {
  const json = readJson(text)
  if (json === null) return refuse(turn, member, 'malformed_json', 'The frame is not valid JSON')
  const { data: frame, error } = HubClientFrame.safeParse(json.value)
  if (error) return refuse(turn, member, 'invalid_frame', explainFrame(error))
  switch (frame.type) {
    case 'ack':
      return acknowledge(turn, member, frame.seq)
    case 'away':
      if (member.away === frame.away || !takeToken(member.signs, SIGN_RATE, turn.now)) return
      member.away = frame.away
      return keepMember(turn, member)
    case 'presence:watch':
      return wantWatch(turn, member, frame.users)
    case 'chat:typing': {
      const { conversationId, typing } = frame
      if (!takeToken(member.signs, SIGN_RATE, turn.now)) return
      turn.effects.push({ do: 'errand', errand: { kind: 'typing', conversationId, typing } })
      return
    }
    case 'ping':
      return sayTo(turn, [member], { type: 'pong' })
  }
}

/**
 * A frame from a device. A bad one is answered by an `error` frame; a binary or oversized one, a flood or an expired pass
 * closes the connection. Frames of who is no member are ignored.
 * @param text the frame's text, null for a binary frame
 */
export function receiveFrame(hub: Hub, id: MemberId, text: string | null, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const member = hub.members.get(id)
  if (!member) return finishTurn(turn)
  if (!isCurrent(member, now)) dismissMember(turn, member, 'pass_expired')
  else if (!takeToken(member.frames, FRAME_RATE, now)) dismissMember(turn, member, 'flood')
  else if (text === null) dismissMember(turn, member, 'binary_frame')
  else if (text.length > MAX_FRAME_LENGTH) dismissMember(turn, member, 'frame_too_large')
  else answer(turn, member, text)
  return finishTurn(turn)
}

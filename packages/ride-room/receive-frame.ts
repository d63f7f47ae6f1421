import { MAX_FRAME_LENGTH } from '#packages/protocol/client-frame.ts'
import { explainFrame, readJson } from '#packages/protocol/read-json.ts'
import { takeToken } from '#packages/rates/token-bucket.ts'
import { acceptPosition } from './accept-position.ts'
import type { Effect, MemberId } from './effect.ts'
import { resumeMember } from './greet-member.ts'
import { dismissMember } from './leave-room.ts'
import { FRAME_RATE } from './limits.ts'
import { readFrame } from './read-frame.ts'
import { beginTurn, type Member, type Room, type Turn } from './room.ts'
import { settle } from './settle-turn.ts'
import { showPosition } from './show-position.ts'
import { refuse, sayTo } from './tell.ts'

function answer(turn: Turn, member: Member, text: string): void {
  const json = readJson(text)
  if (json === null) return refuse(turn, member, 'malformed_json', 'The frame is not valid JSON')
  const read = readFrame(json.value)
  if ('error' in read) return refuse(turn, member, 'invalid_frame', explainFrame(read.error))
  const { frame } = read
  switch (frame.type) {
    case 'position':
      return acceptPosition(turn, member, frame)
    case 'resume':
      return resumeMember(turn, member, frame.after)
    case 'ping':
      return sayTo(turn, member.id, { type: 'pong' })
  }
}

/**
 * A frame from a socket. A bad one is answered by an `error` frame; a binary or oversized one, a flood or an expired
 * pass closes the socket. Frames of sockets that are not members are ignored.
 * @param text the frame's text, null for a binary frame
 */
export function receiveFrame(room: Room, id: MemberId, text: string | null, now: number): Effect[] {
  return receiveFrames(room, id, [text], now)
}

/**
 * Frames from a socket that came together. All positions are taken in, the newest is shown.
 * @param waited milliseconds that the first of them has waited before it came here
 */
export function receiveFrames(
  room: Room,
  id: MemberId,
  texts: readonly (string | null)[],
  now: number,
  waited = 0,
): Effect[] {
  if (!room.members.has(id)) return []
  const turn = beginTurn(room, now)
  for (const text of texts) {
    const member = room.members.get(id)
    if (member) receive(turn, member, text)
  }
  if (turn.moved) showPosition(turn, waited)
  return settle(turn)
}

function receive(turn: Turn, member: Member, text: string | null): void {
  const { now } = turn
  if (member.expiresAt !== null && member.expiresAt <= now) dismissMember(turn, member, 'pass_expired')
  else if (!takeToken(member.frames, FRAME_RATE, now)) dismissMember(turn, member, 'flood')
  else if (text === null) dismissMember(turn, member, 'binary_frame')
  else if (text.length > MAX_FRAME_LENGTH) dismissMember(turn, member, 'frame_too_large')
  else answer(turn, member, text)
}

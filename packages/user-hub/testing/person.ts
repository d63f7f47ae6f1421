import type { HubPass } from '#packages/protocol/hub-pass.ts'
import type { HubServerFrame } from '#packages/protocol/hub-server-frame.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'

const AT = '2026-11-22T06:00:00.000Z'

/** A person, and passes for them; each on a session of its own unless one is given. */
export function newPerson() {
  const userId = crypto.randomUUID()
  const pass = (more: Partial<HubPass> = {}): HubPass => ({ userId, sessionId: crypto.randomUUID(), ...more })
  return { userId, pass }
}

/** Something that happens to a ride. */
export function rideEvent(id: string = crypto.randomUUID()): UserEvent {
  return { type: 'ride:updated', id, rideId: crypto.randomUUID(), status: 'started', at: AT }
}

export function chatEvent(
  id: string = crypto.randomUUID(),
  body = 'Hello',
): UserEvent & { type: 'chat:message' } {
  const ids = { id, conversationId: crypto.randomUUID(), rideId: id, senderId: id, clientId: id }
  const rest = { seq: 1, body, attachment: null, flag: null, sentAt: AT, deletedAt: null }
  return { type: 'chat:message', id: crypto.randomUUID(), message: { ...ids, ...rest }, at: AT }
}

export function deletedEvent(messageId: string): UserEvent {
  const id = crypto.randomUUID()
  return { type: 'chat:deleted', id, conversationId: crypto.randomUUID(), messageId, messageSeq: 1, at: AT }
}

/** The numbers of the durable events among frames, in the order they came. */
export function numbers(frames: readonly HubServerFrame[]): number[] {
  return frames.flatMap((frame) => ('seq' in frame && frame.type !== 'snapshot' ? [frame.seq] : []))
}

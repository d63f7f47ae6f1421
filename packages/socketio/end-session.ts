import type { Turn } from './effect.ts'
import { CLOSE, NOOP, SEPARATOR } from './packets.ts'
import { text } from './refusals.ts'
import type { SessionEnd } from './session-ends.ts'

/**
 * Ends a session. Who polls gets what still waits and then the close packet; `isOrderly` keeps that for the next poll
 * where none is held, otherwise the session's id is unknown at once.
 */
export function endSession(turn: Turn, end: SessionEnd, isOrderly = false): void {
  const { session, effects } = turn
  if (session.end !== null) return
  session.end = end
  session.isChanged = true
  if (session.upgrade !== null) effects.push({ do: 'drop-probe' })
  session.upgrade = null
  if (session.isPolled) answerPoll(turn, end === 'client_close' ? NOOP : CLOSE)
  effects.push({ do: 'end', end })
  const isFetched = session.transport === 'polling' && isOrderly && session.queue.length > 0
  if (!isFetched) effects.push({ do: 'forget' })
}

/** Everything that waits as one payload, with a packet behind. */
export function takeQueue(turn: Turn, last?: string): string {
  const { session } = turn
  const packets = session.queue.map(({ packet }) => packet)
  if (last !== undefined) packets.push(last)
  if (session.queue.length > 0) session.isChanged = true
  session.queue = []
  session.unread = 0
  return packets.join(SEPARATOR)
}

/** Answers the held poll with everything that waits, and a packet behind. */
export function answerPoll(turn: Turn, last?: string): void {
  turn.session.isPolled = false
  turn.effects.push({ do: 'answer', reply: text(takeQueue(turn, last)) })
}

import type { Data, Turn } from './effect.ts'
import { answerPoll, endSession } from './end-session.ts'
import { encodeBinary, MESSAGE } from './packets.ts'

/** Sends messages that belong together: they travel in one payload. */
export function sendMessages(turn: Turn, messages: readonly Data[], latest?: string): void {
  for (const data of messages) enqueue(turn, data, latest)
  if (turn.session.isPolled && turn.session.end === null) answerPoll(turn)
}

/** Sends one packet other than a message. */
export function sendPacket(turn: Turn, packet: string): void {
  const { session, effects } = turn
  if (session.end !== null) return
  if (session.transport === 'websocket') effects.push({ do: 'frame', data: packet })
  else {
    wait(turn, packet)
    if (session.isPolled) answerPoll(turn)
  }
}

function enqueue(turn: Turn, data: Data, latest?: string): void {
  const { session, settings, effects } = turn
  if (session.end !== null) return
  if (session.transport === 'polling')
    return wait(turn, typeof data === 'string' ? MESSAGE + data : encodeBinary(data), latest)
  session.unread += data.length
  if (session.unread > settings.maxUnread) return endSession(turn, 'slow_reader')
  effects.push({ do: 'frame', data: typeof data === 'string' ? MESSAGE + data : data })
}

/** Puts a packet behind those that wait, in place of the one that it makes worthless. */
function wait(turn: Turn, packet: string, latest?: string): void {
  const { session, settings } = turn
  const stale = latest === undefined ? -1 : session.queue.findIndex((each) => each.latest === latest)
  if (stale >= 0) for (const { packet: old } of session.queue.splice(stale, 1)) session.unread -= old.length
  session.unread += packet.length
  if (session.unread > settings.maxUnread) return endSession(turn, 'slow_reader')
  session.queue.push({ packet, latest })
  // What only the latest of counts is not worth a write: after a wake the next one comes soon.
  if (latest === undefined) session.isChanged = true
}

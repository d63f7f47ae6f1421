import { decodePayload } from 'engine.io-parser'
import type { Turn } from './effect.ts'
import { answerPoll, endSession, takeQueue } from './end-session.ts'
import { CLOSE, NOOP } from './packets.ts'
import { dropProbe, isTooLong, receivePacket } from './receive-packet.ts'
import { type Reply, refuse, text } from './refusals.ts'

/**
 * A poll: its reply, or `held` until there is something to say; `held-briefly` while the session is taken over, as that
 * may overtake the poll or not: call `releasePoll` after `TAKE_OVER_MS`.
 */
export function receivePoll(turn: Turn): Reply | 'held' | 'held-briefly' {
  const { session, settings, now, effects } = turn
  if (session.transport !== 'polling') return refuse('bad_request')
  if (session.end !== null) {
    effects.push({ do: 'forget' })
    return text(takeQueue(turn, CLOSE))
  }
  if (session.isPolled) {
    endSession(turn, 'overlapping_requests')
    return refuse('bad_request')
  }
  if (session.upgrade !== null && now - session.upgrade.since > settings.upgradeTimeout) dropProbe(turn)
  if (session.queue.length > 0) return text(takeQueue(turn))
  session.isPolled = true
  return session.upgrade?.isProbed ? 'held-briefly' : 'held'
}

/** Ends a poll that was held briefly, if it still is. */
export function releasePoll(turn: Turn): void {
  if (turn.session.isPolled) answerPoll(turn, NOOP)
}

/** The begin of a POST, before its body is read: a refusal, or null. */
export function beginPost(turn: Turn): Reply | null {
  const { session } = turn
  if (session.transport !== 'polling') return refuse('bad_request')
  if (session.isPosted) {
    endSession(turn, 'overlapping_requests')
    return refuse('bad_request')
  }
  session.isPosted = true
  return null
}

/** The body of a POST; null: it is longer than it may be. */
export function receivePost(turn: Turn, body: string | null): Reply {
  const { session, settings } = turn
  session.isPosted = false
  if (session.end !== null) return refuse('session_unknown')
  if (body === null || isTooLong(body, settings.maxPayload)) {
    endSession(turn, 'frame_too_large')
    return refuse('too_large')
  }
  for (const packet of decodePayload(body, 'arraybuffer')) receivePacket(turn, packet)
  return session.end === null || session.end === 'client_close' ? text('ok') : refuse('bad_request')
}

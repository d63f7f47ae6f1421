import { decodePacket } from 'engine.io-parser'
import { takeToken } from '#packages/rates/token-bucket.ts'
import type { Data, Turn } from './effect.ts'
import { answerPoll, endSession } from './end-session.ts'
import { NOOP, PROBE_ANSWER } from './packets.ts'
import { refuse } from './refusals.ts'

type Packet = ReturnType<typeof decodePacket>

const PROBE = '2probe'
const UPGRADE = '5'

/** A frame on the session's socket. */
export function receiveFrame(turn: Turn, data: Data): void {
  if (isTooLong(data, turn.settings.maxPayload)) return endSession(turn, 'frame_too_large')
  receivePacket(turn, decodePacket(typeof data === 'string' ? data : data.buffer, 'arraybuffer'))
}

/** A packet that the client sent, by whatever transport. */
export function receivePacket(turn: Turn, { type, data }: Packet): void {
  const { session, settings, now, effects } = turn
  if (session.end !== null) return
  if (!takeToken(session.packets, settings.packetRate, now)) return endSession(turn, 'flood')
  switch (type) {
    case 'message':
      effects.push({ do: 'message', data: messageData(data) })
      break
    case 'pong':
      session.heardAt = now
      if (session.transport === 'websocket') session.unread = 0
      session.isChanged = true
      break
    case 'close':
      endSession(turn, 'client_close')
      break
    case 'noop':
      break
    case 'open':
    case 'ping':
    case 'upgrade':
    case 'error':
      // `open` and `ping` are for servers to say, `upgrade` for a socket that takes over.
      endSession(turn, 'malformed_packet')
  }
}

/** A frame on the socket that is to take over; see "Upgrade" in the protocol. */
export function receiveProbe(turn: Turn, data: Data): void {
  const { session, effects } = turn
  if (session.upgrade === null) return
  if (data === PROBE) {
    session.upgrade.isProbed = true
    effects.push({ do: 'probe', data: PROBE_ANSWER })
    if (session.isPolled) answerPoll(turn, session.queue.length === 0 ? NOOP : undefined)
  } else if (data === UPGRADE) takeOver(turn)
  else dropProbe(turn)
}

/** Gives up the socket that was to take over; the session goes on as it is. */
export function dropProbe({ session, effects }: Turn): void {
  if (session.upgrade === null) return
  session.upgrade = null
  effects.push({ do: 'drop-probe' })
}

function takeOver(turn: Turn): void {
  const { session, effects } = turn
  if (session.isPolled) refusePoll(turn)
  const waiting = session.queue
  Object.assign(session, { transport: 'websocket', upgrade: null, queue: [], unread: 0, isChanged: true })
  effects.push({ do: 'adopt' })
  for (const { packet } of waiting) effects.push({ do: 'frame', data: asFrame(packet) })
}

/** A poll that came after the probe was answered came too late. */
function refusePoll({ session, effects }: Turn): void {
  session.isPolled = false
  effects.push({ do: 'answer', reply: refuse('bad_request') })
}

/** What waited for a poll, as a socket carries it. */
function asFrame(packet: string): Data {
  if (!packet.startsWith('b')) return packet
  return Uint8Array.from(atob(packet.slice(1)), (unit) => unit.charCodeAt(0))
}

/** The parser is asked for ArrayBuffers, and a message without data is the empty one. */
function messageData(data: unknown): Data {
  if (typeof data === 'string') return data
  return data instanceof ArrayBuffer ? new Uint8Array(data) : ''
}

/** UTF-8 takes at most three bytes for a UTF-16 unit, so most texts need not be measured. */
export function isTooLong(data: Data, maxBytes: number): boolean {
  if (typeof data !== 'string') return data.byteLength > maxBytes
  if (data.length * 3 <= maxBytes) return false
  return data.length > maxBytes || new TextEncoder().encode(data).byteLength > maxBytes
}

import { type TokenBucket, tokenBucket } from '#packages/rates/token-bucket.ts'
import type { Transport } from './read-query.ts'
import type { SessionEnd } from './session-ends.ts'
import type { EngineSettings } from './settings.ts'

/** A packet that waits for the next poll. */
export interface Waiting {
  packet: string
  /** A newer packet with the same key takes the place of this one. */
  latest?: string | undefined
}

/** An Engine.IO session. Times in Unix milliseconds. */
export interface EngineSession {
  readonly sid: string
  transport: Transport
  readonly openedAt: number
  /** When its last pong came. */
  heardAt: number
  pingedAt: number
  /** What waits for the next poll, and how many UTF-16 units that is. */
  queue: Waiting[]
  unread: number
  /** A poll is held open. */
  isPolled: boolean
  /** The body of a POST is being read. */
  isPosted: boolean
  /** When the socket came that is to take over, and whether it has been answered: polls then end at once. */
  upgrade: { since: number; isProbed: boolean } | null
  /** Set once it is over. A polling session may then still have a last payload to fetch. */
  end: SessionEnd | null
  packets: TokenBucket
  /** What is kept of it is no longer true. */
  isChanged: boolean
}

/** Opens a session. */
export function createSession(
  sid: string,
  transport: Transport,
  settings: EngineSettings,
  now: number,
): EngineSession {
  return {
    ...{ sid, transport, openedAt: now, heardAt: now, pingedAt: now },
    ...{ queue: [], unread: 0, isPolled: false, isPosted: false, upgrade: null, end: null, isChanged: true },
    packets: tokenBucket(settings.packetRate, now),
  }
}

/** What a client is told when its session opens, without the packet type. */
export function handshake({ sid, transport }: EngineSession, settings: EngineSettings): string {
  const { pingInterval, pingTimeout, maxPayload } = settings
  const upgrades = transport === 'polling' ? ['websocket'] : []
  return JSON.stringify({ sid, upgrades, pingInterval, pingTimeout, maxPayload })
}

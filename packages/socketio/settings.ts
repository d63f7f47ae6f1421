import type { Rate } from '#packages/rates/token-bucket.ts'

/** What an engine is set to. All times in milliseconds. */
export interface EngineSettings {
  pingInterval: number
  pingTimeout: number
  /** Bytes of one WebSocket frame, and of one polling request's body. */
  maxPayload: number
  /** A session that has joined no namespace by then ends. */
  connectTimeout: number
  /** A WebSocket that has not taken over its session by then is closed. */
  upgradeTimeout: number
  /** Packets of one session; more end it. */
  packetRate: Rate
  /** Bytes that wait for a session's next poll, or went out since it was last heard; more end it. */
  maxUnread: number
}

/** The heartbeat is that of Node's Socket.IO; the rest is what the clients of this application need. */
export const engineSettings: EngineSettings = {
  pingInterval: 25_000,
  pingTimeout: 20_000,
  maxPayload: 64 * 1024,
  connectTimeout: 45_000,
  upgradeTimeout: 10_000,
  packetRate: { perSecond: 40, burst: 160 },
  maxUnread: 512 * 1024,
}

/** So many sessions are pinged at a time, and others are served before the next: their answers come together too. */
export const PINGED_TOGETHER = 16
/** How long others are served between them, and how often at most: more at a time are pinged where there are very many. */
export const BEAT_PAUSE_MS = 20
export const BEAT_PAUSES = 128
/** A poll that comes while its session is taken over by a socket waits this long for the outcome. */
export const TAKE_OVER_MS = 50
/** Binary attachments of one packet. */
export const MAX_ATTACHMENTS = 10
/** Namespaces that one session may be in, or ask for, at the same time. */
export const MAX_NAMESPACES = 8

import type { Data } from './effect.ts'
import type { Reply } from './refusals.ts'
import type { EngineSession } from './session.ts'
import type { SessionEnd } from './session-ends.ts'
import type { EngineSettings } from './settings.ts'

/** A WebSocket as the engine uses it. Sending on one that is gone does nothing. */
export interface Wire {
  send(data: Data): void
  close(code: number, reason: string): void
}

/** A session with what it is connected by. `upper` belongs to the layer above. */
export interface Session<Upper> extends EngineSession {
  wire: Wire | null
  /** The socket that is to take over. */
  probe: Wire | null
  answer: ((reply: Reply) => void) | null
  upper: Upper
}

/** What lies above the engine: Socket.IO, or for tests anything else. */
export interface UpperLayer<Upper> {
  /** What the layer keeps of a session that opens. */
  create(): Upper
  message(session: Session<Upper>, data: Data, now: number): void
  ended(session: Session<Upper>, end: SessionEnd, now: number): void
  isConnected(session: Session<Upper>): boolean
}

/** Where sessions are kept, so that they outlive the memory of this process. */
export interface SessionStore<Upper> {
  keep(session: Session<Upper>): void
  forget(session: Session<Upper>): void
}

export interface EngineRequest {
  method: string
  query: URLSearchParams
  /** The body as text, or null where it is longer than so many bytes. */
  readBody(maxBytes: number): Promise<string | null>
}

/** A WebSocket that may be opened: for a new session, or to take over a polling one. */
export interface Ticket {
  sid: string
  isUpgrade: boolean
}

export interface EngineOptions<Upper> {
  settings: EngineSettings
  upper: UpperLayer<Upper>
  store: SessionStore<Upper>
  newSid: () => string
  /** Unix milliseconds. */
  clock: () => number
  /** Sessions at the same time; further ones are refused. */
  maxSessions: number
  /** Told why a session ended and how many milliseconds it lived. */
  ended?: (end: SessionEnd, lived: number) => void
}

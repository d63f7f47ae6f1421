import type { Reply } from './refusals.ts'
import type { EngineSession } from './session.ts'
import type { SessionEnd } from './session-ends.ts'
import type { EngineSettings } from './settings.ts'

export type Data = string | Uint8Array<ArrayBuffer>

/** What the shell of a session must do, in this order. */
export type Effect =
  /** Send a frame on the session's socket. */
  | { do: 'frame'; data: Data }
  /** Send a frame on the socket that is to take over. */
  | { do: 'probe'; data: string }
  /** The socket that was to take over is the session's from here on. */
  | { do: 'adopt' }
  /** Close the socket that was to take over. */
  | { do: 'drop-probe' }
  /** Answer the held poll. */
  | { do: 'answer'; reply: Reply }
  /** A message came. */
  | { do: 'message'; data: Data }
  /** The session is over: close its socket. */
  | { do: 'end'; end: SessionEnd }
  /** Nothing of it is left to fetch: its id is unknown from here on. */
  | { do: 'forget' }

/** One step of a session. */
export interface Turn {
  readonly session: EngineSession
  readonly settings: EngineSettings
  readonly now: number
  readonly effects: Effect[]
}

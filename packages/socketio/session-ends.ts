import { type CloseReason, closeReasons } from '#packages/protocol/close-codes.ts'

/** Why the engine ends a session of its own accord: the reason and code of the Close frame. */
const engineEnds = {
  /** The client said so, or its socket is gone. */
  client_close: { code: 1000 },
  transport_close: { code: 4014 },
  ping_timeout: { code: 4010 },
  /** What it sent is not in the language. */
  malformed_packet: { code: 4002 },
  /** Two polls, or two posts, at the same time. */
  overlapping_requests: { code: 4005 },
  /** A socket for a session that does not exist, or has one. */
  session_unknown: { code: 4006 },
  /** It joined no namespace in time. */
  no_connect: { code: 4011 },
  /** It does not read what it is sent. */
  slow_reader: { code: 4012 },
} as const

/** Every way in which a session ends. */
export type SessionEnd = keyof typeof engineEnds | CloseReason

const ends: Readonly<Record<SessionEnd, { code: number }>> = { ...closeReasons, ...engineEnds }

/** The code of the Close frame. */
export function endCode(end: SessionEnd): number {
  return ends[end].code
}

export function isSessionEnd(text: string | null): text is SessionEnd {
  return text !== null && Object.hasOwn(ends, text)
}

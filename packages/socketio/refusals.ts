/** A reply to a request of the polling transport, or to a handshake. */
export interface Reply {
  status: number
  body: string
  type: 'text/plain; charset=UTF-8' | 'application/json'
}

/** How requests are refused; the codes and messages are those of the reference implementation, which clients know. */
const refusals = {
  transport_unknown: { status: 400, code: 0, message: 'Transport unknown' },
  session_unknown: { status: 400, code: 1, message: 'Session ID unknown' },
  bad_method: { status: 400, code: 2, message: 'Bad handshake method' },
  bad_request: { status: 400, code: 3, message: 'Bad request' },
  overloaded: { status: 503, code: 4, message: 'Forbidden' },
  version_unsupported: { status: 400, code: 5, message: 'Unsupported protocol version' },
  too_large: { status: 413, code: 3, message: 'Payload too large' },
} as const

export type Refusal = keyof typeof refusals

export function refuse(refusal: Refusal): Reply {
  const { status, code, message } = refusals[refusal]
  return { status, body: JSON.stringify({ code, message }), type: 'application/json' }
}

export function text(body: string): Reply {
  return { status: 200, body, type: 'text/plain; charset=UTF-8' }
}

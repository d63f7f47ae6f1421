/**
 * Why a live socket was closed: the reason text of the Close frame, its WebSocket code, and what its client should do.
 * `stop`: do not come back; `sign_in`: refresh the access token, then reconnect; `retry`: reconnect with backoff.
 */
export const closeReasons = {
  ride_completed: { code: 4000, client: 'stop' },
  ride_cancelled: { code: 4000, client: 'stop' },
  unauthenticated: { code: 4001, client: 'sign_in' },
  pass_expired: { code: 4001, client: 'sign_in' },
  session_revoked: { code: 4001, client: 'sign_in' },
  removed: { code: 4003, client: 'stop' },
  flood: { code: 4008, client: 'retry' },
  /** The same person opened more sockets than one may have; the oldest went. */
  replaced: { code: 4009, client: 'stop' },
  room_full: { code: 4013, client: 'retry' },
  binary_frame: { code: 1003, client: 'stop' },
  frame_too_large: { code: 1009, client: 'stop' },
  internal: { code: 1011, client: 'retry' },
} as const satisfies Record<string, { code: number; client: 'stop' | 'sign_in' | 'retry' }>

export type CloseReason = keyof typeof closeReasons

import { type CloseReason, closeReasons } from '#packages/protocol/close-codes.ts'
import type { GatewayRefusal } from '#packages/protocol/gateway-backend.ts'

/** What an event is acknowledged with. */
export type Answer = { ok: true; [key: string]: unknown } | ({ ok: false } & GatewayRefusal)

export const done: Answer = { ok: true }

export function refused({ code, message }: GatewayRefusal): Answer {
  return { ok: false, code, message }
}

/** What goes wrong on our side is told to nobody but us. */
export const internal: Answer = {
  ok: false,
  code: 'internal',
  message: 'Something went wrong on our side',
}

const refusalsOfRooms: Partial<Record<CloseReason, GatewayRefusal>> = {
  ride_completed: { code: 'ride_not_live', message: 'The ride is not live now' },
  ride_cancelled: { code: 'ride_not_live', message: 'The ride is not live now' },
  removed: { code: 'not_on_ride', message: 'You are not on this ride' },
  session_revoked: { code: 'session_revoked', message: 'This session has been signed out' },
  room_full: { code: 'room_full', message: 'No more people fit into the room of this ride' },
}

/** Why a room or hub does not let somebody in. */
export function refusalOf(reason: CloseReason): GatewayRefusal {
  return refusalsOfRooms[reason] ?? { code: reason, message: 'The connection was refused' }
}

/** What the client of a closed socket should do, and why it was closed. */
export function closing(reason: string): { reason: CloseReason; client: 'stop' | 'sign_in' | 'retry' } {
  const known = isCloseReason(reason) ? reason : 'internal'
  return { reason: known, client: closeReasons[known].client }
}

function isCloseReason(reason: string): reason is CloseReason {
  return Object.hasOwn(closeReasons, reason)
}

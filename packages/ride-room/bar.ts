import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { MAX_BARRED, PASS_IN_FLIGHT_MS } from './limits.ts'
import type { Room } from './room.ts'

/** A booking, a person, a session or a share link that lost its right to be here. */
export type BarKey = `booking:${string}` | `user:${string}` | `session:${string}` | `link:${string}`

/**
 * Remembers a lost right for as long as a pass made before may still arrive: the access check and the loss can cross
 * on their way. Passes made later are right again, so nobody is kept out for good.
 */
export function bar(room: Room, key: BarKey, now: number): void {
  const current = room.barred.filter((entry) => entry.until > now && entry.key !== key)
  room.barred = [...current, { key, until: now + PASS_IN_FLIGHT_MS }].slice(-MAX_BARRED)
}

/** Why a pass is no longer good, or null. */
export function barredReason(room: Room, pass: RoomPass, now: number): CloseReason | null {
  const isBarred = (key: BarKey) => room.barred.some((entry) => entry.key === key && entry.until > now)
  if (pass.role === 'viewer') return isBarred(`link:${pass.linkId}`) ? 'removed' : null
  if (isBarred(`session:${pass.sessionId}`)) return 'session_revoked'
  if (isBarred(`user:${pass.userId}`)) return 'removed'
  if (pass.role === 'driver' || pass.bookingId === undefined) return null
  return isBarred(`booking:${pass.bookingId}`) ? 'removed' : null
}

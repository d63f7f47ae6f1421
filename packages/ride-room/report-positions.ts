import type { DriverFix } from '#packages/protocol/client-frame.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { takeToken } from '#packages/rates/token-bucket.ts'
import { REST, takeFix } from './accept-position.ts'
import { advanceRide, overReason } from './advance-ride.ts'
import type { Effect } from './effect.ts'
import { refusal } from './join-room.ts'
import { MAX_BATCH, POSITION_RATE } from './limits.ts'
import { beginTurn, type Room } from './room.ts'
import { saveRoom } from './save-room.ts'
import { settle } from './settle-turn.ts'
import { showPosition } from './show-position.ts'
import { watchRide } from './watch-ride.ts'

/** How many of the positions were news, or why none may be reported. */
export type ReportOutcome = { accepted: number } | { closed: CloseReason }

/**
 * Positions that the driver's device hands in over REST, maybe collected while it had no network: all of them are on the
 * trace, the newest is shown. A batch counts as one position for the rate.
 */
export function reportPositions(
  room: Room,
  pass: RoomPass,
  positions: readonly DriverFix[],
  now: number,
): { effects: Effect[]; outcome: ReportOutcome } {
  const turn = beginTurn(room, now)
  const closed = pass.role === 'driver' ? refusal(room, pass, now) : 'unauthenticated'
  if (closed !== null) return { effects: [], outcome: { closed } }
  if (advanceRide(turn, pass.ride.status, new Date(now).toISOString())) saveRoom(turn)
  const over = overReason(room.status)
  if (over !== null) return { effects: settle(turn), outcome: { closed: over } }
  if (room.status !== 'started' || !takeToken(room.positions, POSITION_RATE, now)) {
    return { effects: settle(turn), outcome: { accepted: 0 } }
  }
  let accepted = 0
  const inOrder = positions.slice(-MAX_BATCH).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  for (const position of inOrder) {
    if (!takeFix(turn, position)) continue
    accepted += 1
    watchRide(turn)
  }
  if (accepted > 0) {
    room.source ??= REST
    showPosition(turn)
  }
  return { effects: settle(turn), outcome: { accepted } }
}

import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { SnapshotFrame } from '#packages/protocol/server-frame.ts'
import { laterState, overReason } from './advance-ride.ts'
import { snapshot } from './greet-member.ts'
import { refusal, whoHas } from './join-room.ts'
import type { Room } from './room.ts'

/** What somebody with a pass sees at this moment, or why nothing. */
export type LookOutcome = { view: SnapshotFrame } | { closed: CloseReason }

/** The same view that a socket is greeted with, without joining. Changes nothing. */
export function lookAtRide(room: Room, pass: RoomPass, now: number): LookOutcome {
  const status = laterState(room.status, pass.ride.status)
  const closed = refusal(room, pass, now) ?? overReason(status)
  return closed === null ? { view: snapshot({ ...room, status }, whoHas(pass), false, now) } : { closed }
}

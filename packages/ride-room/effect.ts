import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { MemberRecord, RoomRecord } from './room-record.ts'

/** A socket in the room. */
export type MemberId = string

/** What the shell must do, in this order. A `save` before a `send` must be durable before that frame leaves. */
export type Effect =
  | { do: 'send'; to: readonly MemberId[]; frame: string }
  | { do: 'close'; member: MemberId; reason: CloseReason }
  /** Keep this with the member's socket. */
  | { do: 'keep'; member: MemberId; record: MemberRecord }
  /** Keep this in storage, in place of the one before. */
  | { do: 'save'; record: RoomRecord }
  /** Call `ringAlarm` at this time (Unix ms), in place of any time set before. */
  | { do: 'alarm'; at: number }

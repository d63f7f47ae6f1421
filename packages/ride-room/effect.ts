import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { MemberRecord, RoomRecord } from './room-record.ts'
import type { TrackPoint } from './track-point.ts'

/** A socket in the room: a native one, or one that a gateway holds (packages/gateway-orders/link-id.ts). */
export type MemberId = string

/** What the shell must do, in this order. A `save` or `track` before a `send` must be durable before that frame leaves. */
export type Effect =
  /** `latest`: for a socket that is behind, a newer frame with the same key takes the place of an older one. */
  | { do: 'send'; to: readonly MemberId[]; frame: string; latest?: string }
  | { do: 'close'; member: MemberId; reason: CloseReason }
  /** Keep this with the member's socket, or for a linked one in storage until it is closed or forgotten. */
  | { do: 'keep'; member: MemberId; record: MemberRecord }
  | { do: 'forget'; member: MemberId }
  /** Keep this in storage, in place of the one before. */
  | { do: 'save'; record: RoomRecord }
  /** Call `ringAlarm` at this time (Unix ms), in place of any time set before. */
  | { do: 'alarm'; at: number }
  /** Call `ringTimer` at this time, if the room is in memory until then; there is one such time, or with null none. */
  | { do: 'timer'; at: number | null }
  /** Read the ride's plan, which may be kept in storage, and call `takePlan`. */
  | { do: 'plan' }
  /** The plan has changed: do not keep the one that was read. */
  | { do: 'forget-plan' }
  /** Append these to the trace in storage. */
  | { do: 'track'; points: readonly TrackPoint[] }
  /** Send a member the trace after that number and instant (Unix ms), as `encodeTrace` makes it. */
  | { do: 'replay'; to: MemberId; after: number; since: number }
  /** Hand the trace to the database, then call `traceStored`. */
  | { do: 'store-trace' }
  /** Delete the trace from storage. */
  | { do: 'forget-trace' }

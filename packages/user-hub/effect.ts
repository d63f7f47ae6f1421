import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { Presence } from '#packages/protocol/hub-calls.ts'
import type { LoggedEvent } from './event-log.ts'
import type { MemberRecord } from './hub-record.ts'

/** A connection of the person: of a native socket its id, of a Socket.IO socket `<gateway>/<socket>`. */
export type MemberId = string

/** What takes its time. What comes of it comes back as a further turn. */
export type Errand =
  /** Ask whom of these people the person may watch: `grantWatch`, else `failWatch`. */
  | { kind: 'ask-watch'; member: MemberId; users: readonly string[] }
  /** Have the hubs of these people tell of them: `hearPresence`, else `failWatch`. */
  | { kind: 'watch'; users: readonly string[] }
  /** Tell these people's hubs where this person is: `dropWatchers` for those who do not watch any more. */
  | { kind: 'tell-watchers'; to: readonly string[]; presence: Presence }
  /** Tell the others of a conversation that this person writes. */
  | { kind: 'typing'; conversationId: string; typing: boolean }
  /** Note that these messages have arrived with the person. */
  | { kind: 'delivered'; messageIds: readonly string[] }
  /** Take the driver offline, unless they chose after that instant (Unix ms): `wentOffline`. */
  | { kind: 'go-offline'; since: number }

/** What the shell must do, in this order. What is written before a `send` must be durable before that frame leaves. */
export type Effect =
  | { do: 'send'; to: readonly MemberId[]; frame: string }
  | { do: 'close'; member: MemberId; reason: CloseReason }
  /** Keep this with the member's own socket. */
  | { do: 'keep'; member: MemberId; record: MemberRecord }
  /** Keep this in storage under that key, or nothing any more. */
  | { do: 'put'; key: string; value: unknown }
  | { do: 'remove'; key: string }
  /** Forget everything, the log too. */
  | { do: 'clear' }
  /** Write to the log, forget its events up to a number, forget what was said about something. */
  | { do: 'append'; event: LoggedEvent }
  | { do: 'trim'; upTo: number }
  | { do: 'erase'; about: string }
  /** Call `ringAlarm` at this time (Unix ms), in place of any time set before. */
  | { do: 'alarm'; at: number }
  | { do: 'errand'; errand: Errand }

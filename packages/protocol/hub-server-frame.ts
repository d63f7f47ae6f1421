import { z } from 'zod'
import { PongFrame } from './server-frame.ts'
import { UserEvent } from './user-event.ts'

const instant = z.iso.datetime()

/** Numbers the durable events of one person, without gaps. */
const Numbered = z.object({ seq: z.int().min(1) })

/** An event as it is told: kept, numbered, and repeated to who resumes. */
export const NumberedEvent = UserEvent.and(Numbered)
export type NumberedEvent = z.infer<typeof NumberedEvent>

/** The first frame. */
const HubSnapshot = z.object({
  type: z.literal('snapshot'),
  /** The number of the newest event. */
  seq: z.int().min(0),
  /** True when every event after the one that was asked for, or acknowledged, follows. Else the lists are to be loaded anew. */
  resumed: z.boolean(),
  at: instant,
})

export const presenceStates = ['offline', 'away', 'online'] as const
export type PresenceState = (typeof presenceStates)[number]

/** Where somebody is. Of who may not be watched, or does not want it, it says what it says of who was never there. */
export const PresenceFrame = z.object({
  type: z.literal('presence'),
  userId: z.uuid(),
  state: z.enum(presenceStates),
  /** When they were last there; null while they are, and where it is not known. */
  lastSeenAt: instant.nullable(),
})
export type PresenceFrame = z.infer<typeof PresenceFrame>

/** Somebody of a conversation writes, or has stopped. */
const TypingNotice = z.object({
  type: z.literal('chat:typing'),
  conversationId: z.uuid(),
  userId: z.uuid(),
  typing: z.boolean(),
})

/** What is told to who is there, and never kept. */
export const FleetingFrame = z.discriminatedUnion('type', [PresenceFrame, TypingNotice])
export type FleetingFrame = z.infer<typeof FleetingFrame>

const hubErrors = [
  'malformed_json',
  'invalid_frame',
  'rate_limited',
  /** Who is watched already leaves no room for more. */
  'too_many_watched',
  /** It could not be asked whom one may watch: try again. */
  'presence_unavailable',
] as const
export type HubError = (typeof hubErrors)[number]

/** What was wrong with the client's frame; the socket stays open. */
const HubErrorFrame = z.object({
  type: z.literal('error'),
  code: z.enum(hubErrors),
  message: z.string(),
})

/** Everything the server may say on `GET /api/v1/realtime`. */
export const HubServerFrame = z.union([NumberedEvent, HubSnapshot, FleetingFrame, HubErrorFrame, PongFrame])
export type HubServerFrame = z.infer<typeof HubServerFrame>

import { z } from 'zod'
import { PingFrame } from './client-frame.ts'

/** How many people one person watches at most, from all devices together. */
export const MAX_WATCHED = 50

/** Everything up to this number has arrived and is kept; without `?after=` this session goes on from here. */
const AckFrame = z.strictObject({ type: z.literal('ack'), seq: z.int().min(0) })

/** The person has put this device aside, or taken it up again. */
const AwayFrame = z.strictObject({ type: z.literal('away'), away: z.boolean() })

/** Tell me of these people when they come and go; replaces what this connection watched before. */
const WatchFrame = z.strictObject({
  type: z.literal('presence:watch'),
  users: z.array(z.uuid()).max(MAX_WATCHED),
})

/** I am writing, or have stopped. */
export const TypingFrame = z.strictObject({
  type: z.literal('chat:typing'),
  conversationId: z.uuid(),
  typing: z.boolean(),
})

/** Everything a client may say on `GET /api/v1/realtime`. */
export const HubClientFrame = z.discriminatedUnion(
  'type',
  [AckFrame, AwayFrame, WatchFrame, TypingFrame, PingFrame],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? 'expected ack, away, presence:watch, chat:typing or ping' : undefined,
  },
)
export type HubClientFrame = z.infer<typeof HubClientFrame>
export type TypingFrame = z.infer<typeof TypingFrame>

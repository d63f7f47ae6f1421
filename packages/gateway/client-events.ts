import { z } from 'zod'
import { DriverFix } from '#packages/protocol/client-frame.ts'
import { MAX_WATCHED } from '#packages/protocol/hub-client-frame.ts'

/** Phones say -1, or nothing, where a sensor has no value. */
const unlessNegative = (value: unknown) => (typeof value === 'number' && value < 0 ? null : value)

/** A position as apps report it; without `at` it is of the moment it arrives. Metres per second, degrees. */
export const LocationUpdate = z.strictObject({
  ...DriverFix.shape,
  heading: z.preprocess(unlessNegative, DriverFix.shape.heading),
  speed: z.preprocess(unlessNegative, DriverFix.shape.speed),
  accuracy: z.preprocess(unlessNegative, DriverFix.shape.accuracy),
  at: DriverFix.shape.at.optional(),
  rideId: z.uuid(),
})

export type LocationUpdate = z.infer<typeof LocationUpdate>

export const RideId = z.union([
  z.uuid(),
  z.strictObject({ rideId: z.uuid() }).transform(({ rideId }) => rideId),
])

/** A chat message; the operation behind it checks the rest. */
export const ChatMessageEvent = z.strictObject({
  conversationId: z.uuid(),
  /** Who it is for follows from the conversation; old apps say it too. */
  receiverId: z.uuid().nullish(),
  message: z.string(),
  /** The sender's own id for it: sent twice, it is stored once. */
  clientId: z.uuid().optional(),
})

export const AckEvent = z.strictObject({ seq: z.int().min(0) })
export const AwayEvent = z.strictObject({ away: z.boolean() })
export const WatchEvent = z.strictObject({ users: z.array(z.uuid()).max(MAX_WATCHED) })
export const TypingEvent = z.strictObject({ conversationId: z.uuid(), typing: z.boolean() })

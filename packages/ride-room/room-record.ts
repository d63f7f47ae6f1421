import { z } from 'zod'
import { RideRole } from '#packages/protocol/server-frame.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** A position as the room keeps it. Both instants in Unix milliseconds. */
export const Fix = z.object({
  lat: z.number(),
  lng: z.number(),
  heading: z.number().nullable(),
  speed: z.number().nullable(),
  accuracy: z.number().nullable(),
  at: z.number(),
  receivedAt: z.number(),
})
export type Fix = z.infer<typeof Fix>

/** A right that was lost, until every pass made before is used or late. */
const Barred = z.object({ key: z.string(), until: z.number() })
export type Barred = z.infer<typeof Barred>

/** What of a room goes to storage and survives everything. */
export const RoomRecord = z.object({
  v: z.literal(1),
  status: z.enum(rideStates),
  startedAt: z.number().nullable(),
  /** The number told last when this was saved, and the one above which none has been told since. */
  seq: z.number(),
  reserved: z.number(),
  position: Fix.nullable(),
  staleTold: z.number().nullable(),
  seen: z.array(z.string()),
  barred: z.array(Barred),
  savedAt: z.number(),
})
export type RoomRecord = z.infer<typeof RoomRecord>

/** What of a member stays with its socket and survives hibernation. */
export const MemberRecord = z.object({
  v: z.literal(1),
  userId: z.string(),
  sessionId: z.string(),
  role: RideRole,
  bookingId: z.string().nullable(),
  expiresAt: z.number().nullable(),
  joinedAt: z.number(),
  /** Only with the socket that reports the position: how far the room has come, so that no position needs a write. */
  checkpoint: z.object({ seq: z.number(), position: Fix.nullable() }).nullable(),
})
export type MemberRecord = z.infer<typeof MemberRecord>

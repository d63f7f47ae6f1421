import { z } from 'zod'
import { RoomRole } from '#packages/protocol/server-frame.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { TrackPoint } from './track-point.ts'
import { Watch } from './watch.ts'

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

/** How far the room has come with what it tells. */
const progress = {
  /** The number told last. */
  seq: z.number(),
  position: Fix.nullable(),
  /** Since when a position waits to be told. */
  pendingSince: z.number().nullable(),
}

/** What of a room goes to storage and survives everything. */
export const RoomRecord = z.object({
  v: z.literal(1),
  status: z.enum(rideStates),
  startedAt: z.number().nullable(),
  ...progress,
  /** No number above this one has been told since it was saved. */
  reserved: z.number(),
  staleTold: z.number().nullable(),
  seen: z.array(z.string()),
  barred: z.array(Barred),
  watch: Watch,
  /** When the trace must be handed over, if it still must, and how often that has failed. */
  traceDue: z.number().nullable(),
  traceTries: z.number(),
})
export type RoomRecord = z.infer<typeof RoomRecord>

/** What of a member stays with its socket and survives hibernation. */
export const MemberRecord = z.object({
  v: z.literal(1),
  /** A viewer has no name: the link stands for who watches through it. */
  userId: z.string(),
  sessionId: z.string(),
  role: RoomRole,
  bookingId: z.string().nullable(),
  /** From when on it sees positions; null: at once. */
  positionsFrom: z.number().nullable(),
  expiresAt: z.number().nullable(),
  joinedAt: z.number(),
  /** Only with the native socket that reports the position, so that no position needs a write. */
  checkpoint: z.object({ ...progress, track: z.array(TrackPoint) }).nullable(),
})
export type MemberRecord = z.infer<typeof MemberRecord>

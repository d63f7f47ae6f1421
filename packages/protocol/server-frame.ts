import { z } from 'zod'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** Who somebody is on a ride. */
export const RideRole = z.enum(['driver', 'passenger'])
export type RideRole = z.infer<typeof RideRole>

/** Numbers everything that a room says, in one sequence per ride; a member sees gaps where it was not meant. */
const seq = z.int().min(0)
const instant = z.iso.datetime()

const Fix = z.object({
  lat: z.number(),
  lng: z.number(),
  /** Degrees clockwise from north. */
  heading: z.number().nullable(),
  /** Metres per second. */
  speed: z.number().nullable(),
  /** Metres. */
  accuracy: z.number().nullable(),
  /** The device's time of the fix. */
  at: instant,
})

/** Where things stand; sent on joining and whenever what was missed is no longer known. Includes all up to `seq`. */
export const SnapshotFrame = z.object({
  type: z.literal('snapshot'),
  seq,
  ride: z.object({ id: z.uuid(), status: z.enum(rideStates) }),
  you: z.object({ role: RideRole }),
  /** `age` in seconds since the fix was received; `stale` when that is too long for a ride under way. */
  position: Fix.extend({ age: z.number().min(0), stale: z.boolean() }).nullable(),
  /** True when everything after the number that was asked for came before this frame, so nothing is missing. */
  resumed: z.boolean(),
  at: instant,
})

export const PositionEvent = Fix.extend({ type: z.literal('position'), seq })
export const RideStatusEvent = z.object({
  type: z.literal('ride'),
  seq,
  status: z.enum(rideStates),
  at: instant,
})
export const BookingStateEvent = z.object({
  type: z.literal('booking'),
  seq,
  bookingId: z.uuid(),
  state: z.enum(bookingStates),
  at: instant,
})
/** No position has come since that instant; the next `position` ends it. */
export const StaleEvent = z.object({ type: z.literal('stale'), seq, since: instant })

/** What a room says to several people, numbered, and replayed on resume. */
export const RoomEvent = z.discriminatedUnion('type', [
  PositionEvent,
  RideStatusEvent,
  BookingStateEvent,
  StaleEvent,
])
export type RoomEvent = z.infer<typeof RoomEvent>

export const frameErrors = [
  'malformed_json',
  'invalid_frame',
  'not_the_driver',
  'ride_not_live',
  'source_replaced',
] as const
export type FrameError = (typeof frameErrors)[number]

/** What was wrong with the client's frame; the socket stays open. */
export const ErrorFrame = z.object({
  type: z.literal('error'),
  code: z.enum(frameErrors),
  message: z.string(),
})
export const PongFrame = z.object({ type: z.literal('pong') })

/** Everything the server may say on `GET /api/v1/rides/:id/live`. */
export const ServerFrame = z.discriminatedUnion('type', [
  SnapshotFrame,
  PositionEvent,
  RideStatusEvent,
  BookingStateEvent,
  StaleEvent,
  ErrorFrame,
  PongFrame,
])
export type ServerFrame = z.infer<typeof ServerFrame>
export type SnapshotFrame = z.infer<typeof SnapshotFrame>

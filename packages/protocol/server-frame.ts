import { z } from 'zod'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

/** Who somebody is on a ride. */
export const RideRole = z.enum(['driver', 'passenger'])
export type RideRole = z.infer<typeof RideRole>

/** What somebody is in a ride's room: besides its people those who watch through a share link. */
export const RoomRole = z.enum([...RideRole.options, 'viewer'])
export type RoomRole = z.infer<typeof RoomRole>

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

/** When the car is expected, for whom it is told. */
const Eta = z.object({
  /** At this passenger's pickup; null once aboard, and for everybody else. */
  pickupAt: instant.nullable(),
  /** Where this passenger leaves the car, or at the ride's destination; null once there. */
  arrivesAt: instant.nullable(),
})

/** Where things stand; sent on joining and whenever what was missed is no longer known. Includes all up to `seq`. */
export const SnapshotFrame = z.object({
  type: z.literal('snapshot'),
  seq,
  ride: z.object({ id: z.uuid(), status: z.enum(rideStates) }),
  /** `positionsFrom`: when this passenger will see where the car is; null where that time has come. */
  you: z.object({ role: RoomRole, positionsFrom: instant.nullable() }),
  /** `age` in seconds since the fix was received; `stale` when that is too long for a ride under way. */
  position: Fix.extend({ age: z.number().min(0), stale: z.boolean() }).nullable(),
  /** Null as long as it is not known, or not for this member. */
  eta: Eta.nullable(),
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

/** The car has left its route (`off`), or is back on it. `metres` from the route. */
export const OffRouteEvent = z.object({
  type: z.literal('off_route'),
  seq,
  off: z.boolean(),
  metres: z.int(),
  at: instant,
})
/** The car stands where nobody planned to, since that instant. */
export const LongStopEvent = z.object({ type: z.literal('long_stop'), seq, since: instant, at: instant })
/** The car is at a stop of the route, counted from 0. */
export const StopReachedEvent = z.object({ type: z.literal('stop_reached'), seq, stop: z.int(), at: instant })
/** The car is where a passenger gets on or off; told to that passenger and the driver. */
export const ArrivalEvent = z.object({
  type: z.literal('arrival'),
  seq,
  bookingId: z.uuid(),
  place: z.enum(['pickup', 'dropoff']),
  at: instant,
})

/** What a room says to several people, numbered, and replayed on resume. */
export const RoomEvent = z.discriminatedUnion('type', [
  PositionEvent,
  RideStatusEvent,
  BookingStateEvent,
  StaleEvent,
  OffRouteEvent,
  LongStopEvent,
  StopReachedEvent,
  ArrivalEvent,
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

/** The arrival times have changed. Not numbered: the latest counts, and a snapshot brings them too. */
export const EtaFrame = Eta.extend({ type: z.literal('eta'), at: instant })

/** Where the car was, thinned. */
export const TraceLine = z.object({
  startedAt: instant,
  endedAt: instant,
  /** Google's encoding, precision 5. */
  polyline: z.string(),
  /** Seconds after `startedAt` at each point of the line. */
  seconds: z.array(z.int()),
  /** Metres driven. */
  metres: z.int(),
})
export type TraceLine = z.infer<typeof TraceLine>
/** Where the car was after the number that was asked for; precedes the snapshot where the single events are forgotten. */
export const TraceFrame = TraceLine.extend({ type: z.literal('trace'), after: z.int().min(0) })

/** Everything the server may say on `GET /api/v1/rides/:id/live`. */
export const ServerFrame = z.discriminatedUnion('type', [
  SnapshotFrame,
  PositionEvent,
  RideStatusEvent,
  BookingStateEvent,
  StaleEvent,
  OffRouteEvent,
  LongStopEvent,
  StopReachedEvent,
  ArrivalEvent,
  EtaFrame,
  TraceFrame,
  ErrorFrame,
  PongFrame,
])
export type ServerFrame = z.infer<typeof ServerFrame>
export type Eta = z.infer<typeof Eta>
export type SnapshotFrame = z.infer<typeof SnapshotFrame>

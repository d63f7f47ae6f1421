import { z } from 'zod'

/** Longest frame a client may send, in UTF-16 units (the frames are ASCII JSON, so in bytes too). */
export const MAX_FRAME_LENGTH = 4096

/** Where the car is. Degrees WGS84, heading degrees clockwise from north, speed m/s, accuracy metres (68 %). */
const fix = {
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  // Browsers and phones report null where a sensor has no value.
  heading: z.number().min(0).max(360).nullish(),
  speed: z.number().min(0).max(150).nullish(),
  accuracy: z.number().min(0).max(100_000).nullish(),
  /** The device's time of the fix. */
  at: z.iso.datetime({ offset: true }),
}

/** A position as the driver's device reports it. */
export const DriverFix = z.strictObject(fix)
export type DriverFix = z.infer<typeof DriverFix>
export const PositionFrame = z.strictObject({ type: z.literal('position'), ...fix })

/** Tell me what I missed: everything after this sequence number. */
export const ResumeFrame = z.strictObject({ type: z.literal('resume'), after: z.int().min(0) })

/** Answered by `pong`. Sent exactly as `PING` it is answered without waking the room. */
export const PingFrame = z.strictObject({ type: z.literal('ping') })

/** Everything a client may say on `GET /api/v1/rides/:id/live`. */
export const ClientFrame = z.discriminatedUnion('type', [PositionFrame, ResumeFrame, PingFrame], {
  error: ({ code }) => (code === 'invalid_union' ? 'expected position, resume or ping' : undefined),
})
export type ClientFrame = z.infer<typeof ClientFrame>
export type PositionFrame = z.infer<typeof PositionFrame>

export const PING = '{"type":"ping"}'
export const PONG = '{"type":"pong"}'

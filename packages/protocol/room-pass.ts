import { z } from 'zod'
import { rideStates } from '#packages/ride/transition.ts'
import { RideRole } from './server-frame.ts'

/** The header in which the Worker hands a pass to the room; never accepted from outside. */
export const ROOM_PASS_HEADER = 'x-room-pass'
/** The header for the number to resume after, taken from the client's `?after=`. */
export const RESUME_AFTER_HEADER = 'x-resume-after'

/** Who joins a ride's room and as what. Made by the Worker after its access check; the room believes it. */
export const RoomPass = z.strictObject({
  userId: z.uuid(),
  sessionId: z.uuid(),
  role: RideRole,
  /** The passenger's booking that gives access. */
  bookingId: z.uuid().optional(),
  /** When the access token ends, Unix milliseconds. */
  expiresAt: z.int().optional(),
  ride: z.strictObject({
    id: z.uuid(),
    driverId: z.uuid(),
    status: z.enum(rideStates),
    departsAt: z.iso.datetime({ offset: true }),
  }),
})
export type RoomPass = z.infer<typeof RoomPass>

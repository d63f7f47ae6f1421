import { z } from 'zod'
import { rideStates } from '#packages/ride/transition.ts'

/** The header in which the Worker hands a pass to the room; never accepted from outside. */
export const ROOM_PASS_HEADER = 'x-room-pass'
/** The header for the number to resume after, taken from the client's `?after=`. */
export const RESUME_AFTER_HEADER = 'x-resume-after'

const ride = z.strictObject({
  id: z.uuid(),
  driverId: z.uuid(),
  status: z.enum(rideStates),
  departsAt: z.iso.datetime({ offset: true }),
})

const person = {
  userId: z.uuid(),
  sessionId: z.uuid(),
  /** When the access token ends, Unix milliseconds. Absent where only the session counts. */
  expiresAt: z.int().optional(),
  ride,
}

/** Who joins a ride's room and as what. Made by the Worker after its access check; the room believes it. */
export const RoomPass = z.discriminatedUnion('role', [
  z.strictObject({ ...person, role: z.literal('driver') }),
  z.strictObject({
    ...person,
    role: z.literal('passenger'),
    /** The booking that gives access. */
    bookingId: z.uuid().optional(),
    /** From when on the passenger sees positions, Unix milliseconds (`boardsFrom`); absent: at once. */
    positionsFrom: z.int().optional(),
  }),
  /** Somebody, nobody knows who, with a share link. Sees the car, the ride's status and when it arrives. */
  z.strictObject({ role: z.literal('viewer'), linkId: z.uuid(), expiresAt: z.int(), ride }),
])
export type RoomPass = z.infer<typeof RoomPass>

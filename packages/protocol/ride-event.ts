import { z } from 'zod'
import { bookingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'

const id = z.uuid()
const at = z.iso.datetime({ offset: true })

/**
 * What the Worker tells a ride's room after the change committed. Delivered at least once and in any order: `id` names
 * the event, so the room can ignore repetitions.
 */
export const RideEvent = z.discriminatedUnion('type', [
  z.strictObject({ id, type: z.literal('ride'), status: z.enum(rideStates), at }),
  z.strictObject({
    id,
    type: z.literal('booking'),
    bookingId: z.uuid(),
    passengerId: z.uuid(),
    state: z.enum(bookingStates),
    at,
  }),
  z.strictObject({ id, type: z.literal('member_removed'), userId: z.uuid(), reason: z.string().max(100) }),
  z.strictObject({ id, type: z.literal('session_revoked'), sessionId: z.uuid() }),
  /** A share link is no longer good: who watches through it is shown out. */
  z.strictObject({ id, type: z.literal('link_revoked'), linkId: z.uuid() }),
])
export type RideEvent = z.infer<typeof RideEvent>

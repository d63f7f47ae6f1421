import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { WAITLIST_STATES } from '#db/schema/index.ts'
import { OpenQuote } from '#packages/quotes/quote.ts'
import { rideStates } from '#packages/ride/transition.ts'

export const WaitlistOffer = OpenQuote.extend({ sameGender: z.boolean().default(false) })
export type WaitlistOffer = z.infer<typeof WaitlistOffer>

/** Somebody's place in the queue for seats of a full ride. */
export const WaitlistRow = z.object({
  id: z.string(),
  rideId: z.string(),
  rideStatus: z.enum(rideStates),
  departsAt: z.coerce.date(),
  state: z.enum(WAITLIST_STATES),
  /** The quote that was brought along, and whether its passenger rides only with people of their own gender. */
  offer: WaitlistOffer,
  /** The booking that came of it. */
  bookingId: z.string().nullable(),
  /** How many have waited longer and wait still. */
  ahead: z.coerce.number(),
  createdAt: z.coerce.date(),
})
export type WaitlistRow = z.infer<typeof WaitlistRow>

/** Reads WaitlistRows from a relation called `entry` that has the columns of `waitlist_entries`. */
export const waitlistView: SQL = sql`select entry.id, entry.ride_id as "rideId", ride.status as "rideStatus",
    ride.departs_at as "departsAt", entry.state, entry.offer, entry.booking_id as "bookingId",
    entry.created_at as "createdAt",
    (select count(*) from waitlist_entries earlier
      where earlier.ride_id = entry.ride_id and earlier.state = 'waiting' and earlier.id < entry.id) as ahead
  from entry join rides ride on ride.id = entry.ride_id`

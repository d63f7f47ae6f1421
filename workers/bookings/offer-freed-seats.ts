import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import type { Ctx } from '../context.ts'

/** Offers the seats that a ride has free to who waits for them, and has them told after the reply. */
export async function offerFreedSeats(ctx: Ctx, rideId: string): Promise<void> {
  const offers = await settleRide(ctx.db, rideId, new Date(ctx.now))
  if (offers > 0) ctx.defer(ctx.drainOutbox())
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { fitsEntry, offeringUntil } from '#db/queries/seats/fitting-entry.ts'
import { holdStates } from '#packages/booking/states.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { offerSeats } from './offer-seats.ts'

/** The most rides one sweep looks after; the next one goes on. */
const BATCH_SIZE = 100

/**
 * Does what is due on a ride: ends offers and unanswered bookings whose time is over, and offers what is free to those who
 * wait, in their order, until there is nobody left whom it suffices. Returns how many offers were made.
 */
export async function settleRide(db: Db, rideId: string, now: Date): Promise<number> {
  let offers = 0
  while (await offerSeats(db, { id: uuidv7(now.getTime()), rideId }, now)) offers++
  return offers
}

/** Rides with something due that only the clock brings about, or that a request did not get round to. */
export async function loadUnsettledRides(db: Db, now: Date): Promise<string[]> {
  const rides = await readRows(
    db,
    sql`select ride_id as "rideId" from bookings where state in ${holdStates} and expires_at <= ${now}
      union
      select entry.ride_id from waitlist_entries entry join rides on rides.id = entry.ride_id
      where entry.state = 'waiting'
        and (rides.status <> 'scheduled' or rides.departs_at < ${offeringUntil(now)} or ${fitsEntry(now)})
      limit ${BATCH_SIZE}`,
    z.object({ rideId: z.string() }),
  )
  return rides.map(({ rideId }) => rideId)
}

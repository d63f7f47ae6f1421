import { forgetOldRows } from '#db/queries/sweeps/forget-old-rows.ts'
import type { Services } from '../context.ts'
import { makeDueRides } from './make-rides.ts'
import { recountPopularTrips } from './recount-bookings.ts'
import { settleRides } from './settle-rides.ts'
import { sweepDocuments } from './sweep-documents.ts'

/** What the clock does every minute: ends lapsed holds and documents, offers free seats to who waits, delivers what is left in the outbox, makes the rides of weekly patterns, forgets old rows. */
export async function sweep(services: Services): Promise<void> {
  const { db, log } = services
  const now = new Date()
  const rides = await settleRides(services, now)
  const documents = await sweepDocuments(services, now)
  const delivered = await services.drainOutbox()
  const made = await makeDueRides(services, now)
  await recountPopularTrips(services, now)
  await forgetOldRows(db, now)
  const done = { ...rides, delivered, made, ...documents }
  if (Object.values(done).some((count) => count > 0)) log.info('sweep', done)
}

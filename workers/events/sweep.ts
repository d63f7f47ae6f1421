import { publishReviews } from '#db/queries/reviews/publish-reviews.ts'
import { forgetConversations } from '#db/queries/sweeps/forget-conversations.ts'
import { forgetOldRows } from '#db/queries/sweeps/forget-old-rows.ts'
import type { Services } from '../context.ts'
import { alertSearchers } from './alert-searchers.ts'
import { makeDueRides } from './make-rides.ts'
import { recountPopularTrips } from './recount-bookings.ts'
import { removeDeletedFiles } from './remove-deleted-files.ts'
import { settleRides } from './settle-rides.ts'
import { sweepDocuments } from './sweep-documents.ts'

type Swept = Pick<Services, 'db' | 'redis' | 'objects' | 'log' | 'drainOutbox'>

/** What the clock does every minute, in this order; each says what it did in the words of the log. */
const steps: Readonly<Record<string, (services: Swept, now: Date) => Promise<Record<string, number>>>> = {
  settleRides,
  sweepDocuments,
  publishReviews: async ({ db }, now) => ({ reviewsPublished: await publishReviews(db, now) }),
  makeDueRides: async (services, now) => ({ made: await makeDueRides(services, now) }),
  // After the rides of this minute are there.
  alertSearchers,
  // After what writes events, so that they need not wait for the next minute.
  drainOutbox: async ({ drainOutbox }) => ({ delivered: await drainOutbox() }),
  removeDeletedFiles: async (services, now) => ({ filesRemoved: await removeDeletedFiles(services, now) }),
  recountPopularTrips: async (services, now) => {
    await recountPopularTrips(services, now)
    return {}
  },
  forgetConversations: async ({ db }, now) => ({ conversationsForgotten: await forgetConversations(db, now) }),
  forgetOldRows: async ({ db }, now) => {
    await forgetOldRows(db, now)
    return {}
  },
}

/** Does the work of the minute. What fails is logged, comes again with the next minute, and holds up nothing else. */
export async function sweep(services: Swept, now = new Date()): Promise<void> {
  const done: Record<string, number> = {}
  for (const [step, work] of Object.entries(steps)) {
    try {
      Object.assign(done, await work(services, now))
    } catch (error) {
      services.log.error('sweep failed', { step, error })
    }
  }
  if (Object.values(done).some((count) => count > 0)) services.log.info('sweep', done)
}

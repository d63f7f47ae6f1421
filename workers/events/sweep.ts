import { publishReviews } from '#db/queries/reviews/publish-reviews.ts'
import { forgetConversations } from '#db/queries/sweeps/forget-conversations.ts'
import { forgetOldRows } from '#db/queries/sweeps/forget-old-rows.ts'
import type { Services } from '../context.ts'
import { alertSearchers } from './alert-searchers.ts'
import { auditBooks } from './audit-books.ts'
import { followPayouts } from './follow-payouts.ts'
import { makeDueRides } from './make-rides.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { recountPopularTrips } from './recount-bookings.ts'
import { removeDeletedFiles } from './remove-deleted-files.ts'
import { type PayoutAround, sendPayouts } from './send-payouts.ts'
import { sendRefunds } from './send-refunds.ts'
import { settlePayments } from './settle-payments.ts'
import { settleRides } from './settle-rides.ts'
import { sweepDocuments } from './sweep-documents.ts'
import { takeWebhooks } from './take-webhooks.ts'

type Swept = Pick<Services, 'db' | 'redis' | 'objects' | 'log' | 'drainOutbox'> & PayoutAround

/** What the clock does every minute, in this order; each says what it did in the words of the log. */
const steps: Readonly<Record<string, (services: Swept, now: Date) => Promise<Record<string, number>>>> = {
  settleRides,
  sweepDocuments,
  publishReviews: async ({ db }, now) => ({ reviewsPublished: await publishReviews(db, now) }),
  makeDueRides: async (services, now) => ({ made: await makeDueRides(services, now) }),
  // After the rides of this minute are there.
  alertSearchers,
  takeWebhooks,
  reconcilePayments,
  // After what ends bookings, and what brings payments.
  settlePayments: async (services, now) => settlePayments(services, now),
  sendRefunds,
  sendPayouts: async (services, now) => ({ payoutsSent: await sendPayouts(services, now) }),
  followPayouts: async (services, now) => ({ payoutsFollowed: await followPayouts(services, now) }),
  // After what writes events, so that they need not wait for the next minute.
  drainOutbox: async ({ drainOutbox }) => ({ delivered: await drainOutbox() }),
  removeDeletedFiles: async (services, now) => ({ filesRemoved: await removeDeletedFiles(services, now) }),
  recountPopularTrips: async (services, now) => {
    await recountPopularTrips(services, now)
    return {}
  },
  auditBooks,
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

import { auditBooks as addUp } from '#db/queries/ledger/audit-books.ts'
import { reportUnsettled } from '#db/queries/payments/report-unsettled.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import type { Services } from '../context.ts'

const HOUR_SECONDS = 3600
/** The books are added up once a day, from this hour on in India, when least is going on. */
const HOUR = 2
/** When a run that broke off is tried again. */
const RETRY_SECONDS = HOUR_SECONDS
/** Longer than the day that it stands for. */
const DONE_SECONDS = 48 * HOUR_SECONDS

/** What of Redis keeps one run from following another. */
interface Marks {
  set: (key: string, value: number, options: { nx: true; ex: number } | { ex: number }) => Promise<unknown>
}

/** Adds the books up again, once a night. Where they differ, an error is logged and the finance staff finds what to look at. */
export async function auditBooks(
  { db, redis, log }: Pick<Services, 'db' | 'log'> & { redis: Marks },
  now: Date,
): Promise<{ bookDifferences: number }> {
  const night = `books-audited/${indianDay(now.getTime() - HOUR * HOUR_SECONDS * 1000)}`
  const isDue = await redis.set(night, 1, { nx: true, ex: RETRY_SECONDS }).catch(() => null)
  if (isDue === null) return { bookDifferences: 0 }
  const bookDifferences = await addUp(db, now)
  await reportUnsettled(db, now)
  await redis.set(night, 1, { ex: DONE_SECONDS })
  if (bookDifferences > 0) log.error('the books differ', { bookDifferences })
  return { bookDifferences }
}

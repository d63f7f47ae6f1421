import { expireHolds } from '#db/queries/sweeps/expire-holds.ts'
import { forgetOldRows } from '#db/queries/sweeps/forget-old-rows.ts'
import type { Services } from '../context.ts'

/** What the clock does every minute: ends lapsed holds, delivers what is left in the outbox, forgets old rows. */
export async function sweep(services: Services): Promise<void> {
  const { db, log } = services
  const now = new Date()
  const expired = await expireHolds(db, now)
  const delivered = await services.drainOutbox()
  await forgetOldRows(db, now)
  if (expired > 0 || delivered > 0) log.info('sweep', { expired, delivered })
}

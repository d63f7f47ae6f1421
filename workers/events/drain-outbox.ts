import { confirmDelivery, LEASE_SECONDS, type OutboxRow, takeDueEvents } from '#db/queries/outbox/deliver.ts'
import type { Services } from '../context.ts'
import { announceToRides } from './announce-to-rides.ts'
import { sendNotices } from './send-notices.ts'

type Outlets = Pick<Services, 'db' | 'live' | 'sms' | 'platform' | 'log'>

/**
 * Delivers what has committed and was not yet told. Runs after every reply that may have written events, and as a
 * sweep; an event that its outlet does not take comes back later. Each outlet confirms on its own, so that a slow one
 * holds up no other. Returns how many were delivered.
 */
export async function drainOutbox(outlets: Outlets, now: () => number = Date.now): Promise<number> {
  const due = await takeDueEvents(outlets.db, new Date(now()))
  const [notices, announcements] = [due.filter(isNotice), due.filter((row) => !isNotice(row))]
  const deliver = async (
    rows: readonly OutboxRow[],
    hand: (outlets: Outlets, rows: readonly OutboxRow[], now: number) => Promise<string[]>,
  ) => {
    const delivered = rows.length > 0 ? await hand(outlets, rows, now()) : []
    if (delivered.length > 0) await confirmDelivery(outlets.db, delivered, new Date(now()))
    return delivered.length
  }
  const counts = await Promise.all([deliver(announcements, announceToRides), deliver(notices, sendNotices)])
  const delivered = counts.reduce((sum, count) => sum + count, 0)
  if (delivered < due.length) await outlets.platform.drainSoon(LEASE_SECONDS + 1)
  return delivered
}

const isNotice = ({ topic }: OutboxRow) => topic.startsWith('document.')

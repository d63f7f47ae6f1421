import { confirmDelivery, LEASE_SECONDS, type OutboxRow, takeDueEvents } from '#db/queries/outbox/deliver.ts'
import { RideEvent } from '#packages/protocol/ride-event.ts'
import type { Services } from '../context.ts'

type Outlets = Pick<Services, 'db' | 'live' | 'platform' | 'log'>

/**
 * Delivers what has committed and was not yet told. Runs after every reply that may have written events, and as a
 * sweep; an event whose room does not take it comes back later. Returns how many were delivered.
 */
export async function drainOutbox(
  { db, live, platform, log }: Outlets,
  now: () => number = Date.now,
): Promise<number> {
  const due = await takeDueEvents(db, new Date(now()))
  const outcomes = await Promise.all(
    [...Map.groupBy(due, (row) => row.subject)].map(async ([rideId, rows]) => {
      try {
        await live.announce(rideId, rows.map(toRideEvent))
        return rows.map((row) => row.id)
      } catch (error) {
        log.error('announcement failed', { rideId, attempts: rows[0]?.attempts, error })
        return []
      }
    }),
  )
  const delivered = outcomes.flat()
  if (delivered.length > 0) await confirmDelivery(db, delivered, new Date(now()))
  if (delivered.length < due.length) await platform.drainSoon(LEASE_SECONDS + 1)
  return delivered.length
}

function toRideEvent({ id, topic, payload, createdAt }: OutboxRow): RideEvent {
  if (topic === 'session.revoked') return RideEvent.parse({ id, type: 'session_revoked', ...payload })
  const at = createdAt.toISOString()
  return RideEvent.parse({ id, type: topic === 'ride.updated' ? 'ride' : 'booking', ...payload, at })
}

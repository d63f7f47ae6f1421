import { alertOfRides } from '#db/queries/alerts/alert-of-rides.ts'
import { alertOfSearch, loadUnmatchedSearches } from '#db/queries/alerts/alert-of-search.ts'
import type { Services } from '../context.ts'

/** So many batches of rides a sweep looks through at most; the next one goes on. */
const BATCHES_PER_SWEEP = 30

type Alerting = Pick<Services, 'db' | 'log' | 'drainOutbox'>

/** Finds saved searches for the rides of routes that are new or changed, and has both sides told at once. */
export async function alertOfRoutes(services: Alerting, routeIds: readonly string[], now: Date): Promise<void> {
  const { alerts } = await alertOfRides(services.db, routeIds, now, unreadable(services))
  if (alerts > 0) await services.drainOutbox()
}

/**
 * Does what a request did not get round to, and what no request brings about: finds saved searches for new rides, and rides for
 * new saved searches. One that cannot be looked after holds up no other. Returns how many alerts there are.
 */
export async function alertSearchers(services: Alerting, now: Date): Promise<{ alerts: number }> {
  const { db, log, drainOutbox } = services
  let found = 0
  for (let batch = 0; batch < BATCHES_PER_SWEEP; batch++) {
    const { alerts, more } = await alertOfRides(db, null, now, unreadable(services))
    found += alerts
    if (!more) break
  }
  for (const saved of await loadUnmatchedSearches(db, now)) {
    try {
      found += await alertOfSearch(db, saved, now)
    } catch (error) {
      log.error('saved search not matched', { savedSearchId: saved.id, error })
    }
  }
  if (found > 0) await drainOutbox()
  return { alerts: found }
}

const unreadable =
  ({ log }: Alerting) =>
  (routeId: string, error: unknown) =>
    log.error('route cannot be matched', { routeId, error })

import type { SharedRow } from '#db/queries/share-links/load-shared.ts'
import { SILENT_AFTER_SECONDS } from '#packages/share-links/limits.ts'
import type { Ctx } from '../context.ts'
import { seesCar } from './sees-car.ts'
import { viewerPass } from './viewer-pass.ts'

/** Where the car of a shared ride was last. */
export interface LastPosition {
  lat: number
  lng: number
  /** Degrees clockwise from north. */
  heading: number | null
  at: Date
  silent: boolean
  /** When the car is expected at the end of the ride. */
  expectedAt: Date | null
}

/**
 * Null: the ride is not under way, it is too early to see it, nothing is known, or its room does not answer: the rest can be
 * shown without it.
 */
export async function lastPosition(
  { live, log, now }: Pick<Ctx, 'live' | 'log' | 'now'>,
  shared: SharedRow,
): Promise<LastPosition | null> {
  const { ride } = shared
  if (ride?.status !== 'started' || shared.alert?.state === 'resolved') return null
  if (!seesCar(shared, now)) return null
  try {
    const seen = await live.rideLocation(viewerPass(shared, ride))
    if (!('view' in seen) || !seen.view.position) return null
    const { position, eta } = seen.view
    const { lat, lng, heading, at, age } = position
    const expectedAt = eta?.arrivesAt ? new Date(eta.arrivesAt) : null
    return { lat, lng, heading, at: new Date(at), silent: age >= SILENT_AFTER_SECONDS, expectedAt }
  } catch (error) {
    log.error('ride room does not answer', { rideId: ride.id, error })
    return null
  }
}

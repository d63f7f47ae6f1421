import type { Hub } from './hub.ts'
import { MAX_BARRED, PASS_IN_FLIGHT_MS } from './limits.ts'

/** A session that ended, or a person (`*`: everybody) who may no longer see when this one is there. */
export type BarKey = `session:${string}` | `watcher:${string}`

/**
 * Remembers a lost right for as long as a pass or a permission made before may still arrive: the check and the loss can
 * cross on their way. What is checked later is right again, so nobody is kept out for good.
 */
export function bar(hub: Hub, key: BarKey, now: number): void {
  const current = hub.barred.filter((entry) => entry.until > now && entry.key !== key)
  hub.barred = [...current, { key, until: now + PASS_IN_FLIGHT_MS }].slice(-MAX_BARRED)
}

export function isBarred(hub: Hub, key: BarKey, now: number): boolean {
  return hub.barred.some((entry) => entry.key === key && entry.until > now)
}

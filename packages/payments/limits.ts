import type { BackOff } from '../retries/back-off.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A refund that the gateway has not taken yet. */
export const REFUND_SENDING: BackOff = { firstMs: MINUTE, longestMs: 6 * HOUR }
/** A refund that it has, and that takes banks some days. */
export const REFUND_ASKING: BackOff = { firstMs: 15 * MINUTE, longestMs: 12 * HOUR }
/** A refund that is not through by then is a finding. */
export const REFUND_STUCK_MS = 10 * DAY

/** A payment that is kept for so long after its ride was to arrive is a finding: its ride was not ended. */
export const UNSETTLED_MS = DAY

/** What the gateway told, and could not be taken in. */
export const WEBHOOK_TAKING: BackOff = { firstMs: 30 * SECOND, longestMs: 2 * HOUR }
/** After so many tries what was told is given up, and is a finding. */
export const WEBHOOK_TRIES = 10

/** The largest webhook that is read. The gateway's are of some thousand bytes. */
export const MAX_WEBHOOK_BYTES = 64 * 1024

/** How often an order is looked after: the older it is the rarer, between these two. */
export const ORDER_CHECKS: BackOff = { firstMs: MINUTE, longestMs: HOUR }
/** So long after an order was made nothing more comes for it, but for a webhook. */
export const ORDER_FOLLOWED_MS = 24 * HOUR
/** While the gateway is asked, nobody else asks about the same. */
export const ORDER_LEASE_MS = 5 * MINUTE

/**
 * When an order is looked after next, Unix milliseconds: after half of the time since it was made. Null: never again.
 * All instants Unix milliseconds.
 */
export function nextCheck(createdAt: number, now: number): number | null {
  const age = now - createdAt
  if (age >= ORDER_FOLLOWED_MS) return null
  const { firstMs, longestMs } = ORDER_CHECKS
  return now + Math.min(longestMs, Math.max(firstMs, Math.floor(age / 2)))
}

/** So many failures of the gateway one after the other, and it is left alone until the next run. */
export const FAILURES_OF_A_RUN = 3

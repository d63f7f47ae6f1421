import type { Watch } from './watch.ts'

/** Driving counts half after this many seconds. */
const HALF_LIFE_SECONDS = 300
/** However the last minutes went, the rest is expected at no more than this times the planned duration, nor less. */
const SLOWEST = 3
const FASTEST = 0.5

/**
 * Adds a piece of driving to what is known of the pace.
 * Exponentially weighted sums of both durations: `sum ← sum · 2^(−taken / 300 s) + new`.
 */
export function addDriving(pace: Watch['pace'], taken: number, planned: number): Watch['pace'] {
  const weight = 2 ** (-taken / HALF_LIFE_SECONDS)
  return { taken: pace.taken * weight + taken, planned: pace.planned * weight + planned }
}

/** How many seconds a planned second takes at present. */
export function paceFactor({ taken, planned }: Watch['pace']): number {
  return Math.min(SLOWEST, Math.max(FASTEST, planned > 0 ? taken / planned : SLOWEST))
}

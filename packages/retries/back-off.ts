/** How long is waited after a try that brought nothing: from the first on twice as long each time, at most the longest. */
export interface BackOff {
  firstMs: number
  longestMs: number
}

/** Doublings of a wait: enough to come to the longest one from any first. */
export const MAX_DOUBLINGS = 20

/** The wait after so many tries that brought nothing, milliseconds. */
export function backOff({ firstMs, longestMs }: BackOff, tries: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(MAX_DOUBLINGS, Math.max(0, tries - 1)))
}

/**
 * The same, of which a quarter is by chance, so that what failed together does not come back together.
 * @param chance from 0 to 1
 */
export const spreadBackOff = (plan: BackOff, tries: number, chance: number): number =>
  backOff(plan, tries) * (0.75 + chance / 4)

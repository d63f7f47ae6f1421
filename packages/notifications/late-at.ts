import type { Kind, Until } from './kinds.ts'

const HOUR_MS = 3600_000

/** The instants that a notification may hang on, Unix milliseconds; null where there is none. */
export type Instants = Record<Until, number | null>

/** From when on nobody needs to hear of it any more, Unix milliseconds. @param at when it happened, Unix milliseconds */
export function lateAt(
  { hours, until }: Pick<Kind, 'hours' | 'until'>,
  at: number,
  instants: Instants,
): number {
  const end = until ? instants[until] : null
  return Math.min(at + hours * HOUR_MS, end ?? Number.POSITIVE_INFINITY)
}

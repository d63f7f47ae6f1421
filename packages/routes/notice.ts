import { fieldProblem } from '#packages/errors/problem.ts'

/** A ride is published at least this long before it departs, so that somebody can find it. */
export const MIN_NOTICE_MS = 10 * 60_000
/** Nobody publishes a ride farther ahead. */
export const MAX_NOTICE_MS = 180 * 24 * 3600_000

/**
 * Refuses a departure too soon or too far ahead.
 * @param departsAt Unix milliseconds, as `now`
 * @param field where it is in the request
 */
export function checkNotice(departsAt: number, now: number, field = 'departsAt'): void {
  const notice = departsAt - now
  if (notice >= MIN_NOTICE_MS && notice <= MAX_NOTICE_MS) return
  throw fieldProblem('departure_out_of_range', field, 'Between 10 minutes and 180 days from now')
}

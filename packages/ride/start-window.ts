/** A driver may start this long before the departure: early passengers can be fetched, forgotten rides not started. */
export const START_EARLIEST_BEFORE_MS = 60 * 60 * 1000

/** False while it is too early to start a ride. All instants Unix milliseconds. */
export function mayStart(now: number, departsAt: number): boolean {
  return now >= departsAt - START_EARLIEST_BEFORE_MS
}

/** When a route is driven. Days (`2026-12-31`) and times (`08:30`) are India's. */
export interface Pattern {
  /** 1 Monday to 7 Sunday (ISO 8601). */
  weekdays: readonly number[]
  departs: string
  /** The first day and the last one; without a last day it goes on. */
  from: string
  until: string | null
  /** Days on which the weekdays do not count: another time, or no departure at all. Each day once. */
  exceptions: readonly { day: string; departs: string | null }[]
}

/** Rides are made so many days ahead, today included. */
export const RIDES_AHEAD_DAYS = 28
/** The most days that a pattern can except. */
export const MAX_EXCEPTIONS = 100

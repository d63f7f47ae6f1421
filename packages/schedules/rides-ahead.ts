import { addDays, indianDay } from '#packages/calendar/indian-time.ts'
import { type Occurrence, occurrences } from './occurrences.ts'
import { type Pattern, RIDES_AHEAD_DAYS } from './pattern.ts'

/** The last day for which rides are made now. @param now Unix milliseconds */
export function lastDayAhead(now: number): string {
  return addDays(indianDay(now), RIDES_AHEAD_DAYS)
}

/** The departures for which rides are made now. @param noticeMs how long before it departs a ride is made at least */
export function departuresAhead(pattern: Pattern, now: number, noticeMs: number): Occurrence[] {
  const ahead = occurrences(pattern, indianDay(now), lastDayAhead(now))
  return ahead.filter(({ departsAt }) => departsAt >= now + noticeMs)
}

/**
 * The days that have a departure and, though rides are made that far, no ride.
 * @param rideDays the days of the pattern that have one, a cancelled one too
 */
export function skippedDays(
  pattern: Pattern,
  madeUntil: string | null,
  rideDays: readonly (string | null)[],
  now: number,
  noticeMs: number,
): string[] {
  if (madeUntil === null) return []
  return occurrences(pattern, indianDay(now), madeUntil)
    .filter(({ day, departsAt }) => departsAt >= now + noticeMs && !rideDays.includes(day))
    .map(({ day }) => day)
}

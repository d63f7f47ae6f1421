import { addDays, DAYS_A_WEEK, indianInstant, weekdayOf } from '#packages/calendar/indian-time.ts'
import type { Pattern } from './pattern.ts'

/** A departure of a pattern. */
export interface Occurrence {
  /** The day of the pattern that it stands for. */
  day: string
  /** Unix milliseconds. */
  departsAt: number
}

/**
 * The departures of a pattern from one day to another, both included, in order. An exception with a time is a departure
 * on whatever weekday; outside `from` … `until` there is none.
 */
export function occurrences(pattern: Pattern, firstDay: string, lastDay: string): Occurrence[] {
  const exceptions = new Map(pattern.exceptions.map(({ day, departs }) => [day, departs]))
  const last = pattern.until !== null && pattern.until < lastDay ? pattern.until : lastDay
  const found: Occurrence[] = []
  for (let day = pattern.from > firstDay ? pattern.from : firstDay; day <= last; day = addDays(day, 1)) {
    const usual = pattern.weekdays.includes(weekdayOf(day)) ? pattern.departs : null
    const exception = exceptions.get(day)
    const departs = exception === undefined ? usual : exception
    if (departs !== null) found.push({ day, departsAt: indianInstant(day, departs) })
  }
  return found
}

/** Whether the pattern has any departure on or after a day. */
export function goesOn(pattern: Pattern, day: string): boolean {
  const { exceptions, until } = pattern
  const first = pattern.from > day ? pattern.from : day
  const isLeft = (each: Pattern['exceptions'][number]) =>
    each.departs !== null && each.day >= first && (until === null || each.day <= until)
  // One week more than there are exceptions has a weekday that none of them takes.
  const weeks = exceptions.length + 1
  return exceptions.some(isLeft) || occurrences(pattern, first, addDays(first, weeks * DAYS_A_WEEK)).length > 0
}

const DAY_MS = 24 * 3600_000
export const DAYS_A_WEEK = 7

/**
 * The instant of a day and a time of day in India, Unix milliseconds. The one place that knows how its clocks stand: one
 * time for the whole country and the whole year.
 * @param day `2026-12-31`; @param time `08:30`
 */
export function indianInstant(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+05:30`)
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || DAYS_A_WEEK
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}

const HOUR_MS = 3600_000
/** India has one time and no summer time. */
const INDIA_OFFSET_MS = 5.5 * HOUR_MS
/** From nine to nine nobody is woken by a message that could wait. */
const FIRST_HOUR = 9
const LAST_HOUR = 20

const inIndia = (now: number) => new Date(now + INDIA_OFFSET_MS)

/** The day in India, `2026-12-31`. Such days compare as texts. @param now Unix milliseconds */
export function indianDay(now: number): string {
  return inIndia(now).toISOString().slice(0, 10)
}

/** How many days the second day is after the first. */
export function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / (24 * HOUR_MS))
}

/** Whether a message that can wait may be sent. @param now Unix milliseconds */
export function isDaytimeInIndia(now: number): boolean {
  const hour = inIndia(now).getUTCHours()
  return hour >= FIRST_HOUR && hour <= LAST_HOUR
}

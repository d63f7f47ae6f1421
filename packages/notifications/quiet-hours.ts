import { indianDay, indianInstant } from '#packages/calendar/indian-time.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Minutes after midnight in India; where `from` is later than `to` they go past midnight. */
export interface QuietHours {
  from: number
  to: number
}

/** When the quiet hours that hold at this instant are over, Unix milliseconds. Null: they do not hold. @param now Unix milliseconds */
export function quietUntil({ from, to }: QuietHours, now: number): number | null {
  const minute = Math.floor((now - indianInstant(indianDay(now), '00:00')) / MINUTE_MS)
  const length = (to - from + DAY_MINUTES) % DAY_MINUTES
  const since = (minute - from + DAY_MINUTES) % DAY_MINUTES
  if (since >= length) return null
  return Math.floor(now / MINUTE_MS) * MINUTE_MS + (length - since) * MINUTE_MS
}

/** `22:30` of minutes after midnight. */
export function timeOfMinutes(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Minutes after midnight of `22:30`. */
export function minutesOfTime(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

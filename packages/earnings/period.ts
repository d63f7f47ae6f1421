import { addDays, DAYS_A_WEEK, indianInstant } from '#packages/calendar/indian-time.ts'

/** What earnings are added up by, in Indian time; weeks begin on Monday. */
export const earningPeriods = ['day', 'week', 'month'] as const
export type EarningPeriod = (typeof earningPeriods)[number]

/** A stretch of time, Unix milliseconds; `to` is no longer in it. */
export interface Span {
  from: number
  to: number
}

const midnight = (day: string) => indianInstant(day, '00:00')

/** The first day of the month after this one. @param month `2026-11` */
function monthAfter(month: string): string {
  // A month has 28 to 31 days: 31 days after its first the next one has begun, and not ended.
  return `${addDays(`${month}-01`, 31).slice(0, 7)}-01`
}

/** From midnight to midnight in India. @param month `2026-11` */
export const monthSpan = (month: string): Span => ({
  from: midnight(`${month}-01`),
  to: midnight(monthAfter(month)),
})

/** When a period begins and ends. @param first its first day, `2026-11-23` */
export function periodSpan(by: EarningPeriod, first: string): Span {
  if (by === 'month') return monthSpan(first.slice(0, 7))
  return { from: midnight(first), to: midnight(addDays(first, by === 'week' ? DAYS_A_WEEK : 1)) }
}

/** These days in India, both of them in it; without one, from ever or for good. */
export function daysSpan(first: string | undefined, last: string | undefined): Partial<Span> {
  return {
    ...(first !== undefined && { from: midnight(first) }),
    ...(last !== undefined && { to: midnight(addDays(last, 1)) }),
  }
}

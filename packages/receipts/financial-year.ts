import { indianDay } from '#packages/calendar/indian-time.ts'

/** The calendar year in which the Indian financial year of an instant begins, on 1 April. @param at Unix milliseconds */
export function financialYearOf(at: number): number {
  const day = indianDay(at)
  const year = Number(day.slice(0, 4))
  return day < `${year}-04-01` ? year - 1 : year
}

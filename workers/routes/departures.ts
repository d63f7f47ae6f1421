import { indianDay, indianInstant } from '#packages/calendar/indian-time.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { checkNotice, MAX_NOTICE_MS, MIN_NOTICE_MS } from '#packages/routes/notice.ts'
import { goesOn } from '#packages/schedules/occurrences.ts'
import type { Pattern } from '#packages/schedules/pattern.ts'
import { departuresAhead } from '#packages/schedules/rides-ahead.ts'

export interface When {
  departsAt?: Date | undefined
  schedule?: Pattern | undefined
}

/**
 * The departures for which rides are made at once: the single one, or those of the pattern's first weeks.
 * @param now Unix milliseconds
 * @param prefix of the fields in the request
 * @throws Problem `departure_out_of_range`, or `invalid_fields` for a pattern that has no departure left
 */
export function departuresOf(
  { departsAt, schedule }: When,
  now: number,
  prefix = '',
): { day: string | null; departsAt: number }[] {
  if (!schedule) {
    const single = departsAt?.getTime() ?? Number.NaN
    checkNotice(single, now, `${prefix}departsAt`)
    return [{ day: null, departsAt: single }]
  }
  checkFirstDay(schedule, now, `${prefix}schedule`)
  if (!goesOn(schedule, indianDay(now)))
    throw fieldProblem('invalid_fields', `${prefix}schedule`, 'The pattern has no departure on any day')
  return departuresAhead(schedule, now, MIN_NOTICE_MS)
}

/** Refuses a pattern that begins too far ahead. */
export function checkFirstDay(pattern: Pattern, now: number, field: string): void {
  if (indianInstant(pattern.from, pattern.departs) > now + MAX_NOTICE_MS)
    throw fieldProblem('departure_out_of_range', `${field}.from`, 'At most 180 days from now')
}

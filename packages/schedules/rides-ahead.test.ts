import { expect, test } from 'vitest'
import { departuresAhead, lastDayAhead, skippedDays } from './rides-ahead.ts'

const NOTICE_MS = 600_000
const daily = {
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  departs: '08:00',
  from: '2026-11-01',
  until: null,
  exceptions: [],
}
const instant = Date.parse('2026-12-01T08:00:00+05:30')

test('rides are made for four weeks, and not for a departure that nobody could find any more', () => {
  expect(lastDayAhead(instant)).toBe('2026-12-29')
  expect(departuresAhead(daily, instant - NOTICE_MS, NOTICE_MS)).toHaveLength(29)
  const tooLate = departuresAhead(daily, instant - NOTICE_MS + 1, NOTICE_MS)
  expect(tooLate[0]?.day).toBe('2026-12-02')
  expect(tooLate.at(-1)?.day).toBe('2026-12-29')
})

test('a day of the weeks that are made is skipped where it has no ride', () => {
  const skipped = (rideDays: string[], now = instant) =>
    skippedDays(daily, '2026-12-04', rideDays, now, NOTICE_MS)
  expect(skipped(['2026-12-03'])).toEqual(['2026-12-02', '2026-12-04'])
  expect(skipped(['2026-12-03'], instant - 2 * NOTICE_MS)).toContain('2026-12-01')
  expect(skippedDays(daily, null, [], instant, NOTICE_MS)).toEqual([])
})

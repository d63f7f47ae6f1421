import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { indianDay, indianInstant } from '#packages/calendar/indian-time.ts'
import { minutesOfTime, quietUntil, timeOfMinutes } from './quiet-hours.ts'

const at = (day: string, time: string) => indianInstant(day, time)
const overnight = { from: minutesOfTime('22:30'), to: minutesOfTime('07:00') }
const siesta = { from: minutesOfTime('13:00'), to: minutesOfTime('15:00') }

test.each([
  ['22:29', overnight, null],
  ['22:30', overnight, at('2026-12-02', '07:00')],
  ['23:59', overnight, at('2026-12-02', '07:00')],
  ['00:00', overnight, at('2026-12-01', '07:00')],
  ['06:59', overnight, at('2026-12-01', '07:00')],
  ['07:00', overnight, null],
  ['12:59', siesta, null],
  ['14:00', siesta, at('2026-12-01', '15:00')],
  ['15:00', siesta, null],
])('at %s', (time, hours, end) => {
  expect(quietUntil(hours, at('2026-12-01', time))).toBe(end)
})

const minute = fc.integer({ min: 0, max: 1439 })
test('quiet hours end within a day, at their own minute, and do not begin again at that instant', () => {
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 1.7e12, max: 2.5e12 }), (from, to, now) => {
      const end = quietUntil({ from, to }, now)
      if (end === null) return
      expect(end).toBeGreaterThan(now)
      expect(end - now).toBeLessThanOrEqual(24 * 3600_000)
      expect((end - indianInstant(indianDay(end), '00:00')) / 60_000).toBe(to)
      expect(quietUntil({ from, to }, end)).toBeNull()
    }),
  )
})

test('a time of day is written as it is read', () => {
  fc.assert(fc.property(minute, (minutes) => minutesOfTime(timeOfMinutes(minutes)) === minutes))
  expect(timeOfMinutes(65)).toBe('01:05')
})

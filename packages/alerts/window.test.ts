import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayWindow } from '#packages/calendar/indian-time.ts'
import { LONGEST_WINDOW_DAYS } from '#packages/corridor/query-keys.ts'
import { MAX_WINDOW_DAYS } from './limits.ts'
import { checkWindow, splitWindow } from './window.ts'

const DAY_MS = 24 * 3600_000
const now = Date.parse('2026-12-01T06:00:00Z')
const fields = { earliest: 'from', latest: 'to' }
const check = (earliest: number, latest: number) =>
  checkWindow({ earliest: now + earliest * DAY_MS, latest: now + latest * DAY_MS }, now, fields)
const refusal = (path: string) =>
  expect.objectContaining({ code: 'window_out_of_range', errors: [expect.objectContaining({ path })] })

test('a day in India is from its midnight to the next', () => {
  const { earliest, latest } = dayWindow('2026-12-02')
  expect(new Date(earliest).toISOString()).toBe('2026-12-01T18:30:00.000Z')
  expect(latest - earliest).toBe(DAY_MS - 1)
})

test('a window ends in the future, within the months for which rides are published, and is a month at most', () => {
  for (const [earliest, latest] of [
    [0, 0.001],
    [-1, 1],
    [5, 5],
    [1, 1 + MAX_WINDOW_DAYS],
    [170, 180],
  ] as const)
    expect(() => check(earliest, latest)).not.toThrow()
  for (const [earliest, latest, path] of [
    [-1, 0, 'to'],
    [-2, -1, 'to'],
    [175, 180.01, 'to'],
    [2, 1, 'from'],
    [1, 1.01 + MAX_WINDOW_DAYS, 'from'],
  ] as const)
    expect(() => check(earliest, latest)).toThrow(refusal(path))
  expect(() => checkWindow(dayWindow('2026-11-30'), now, 'date')).toThrow(refusal('date'))
})

test('a long window is looked up in parts that are it together and do not overlap', () => {
  const [longest, month] = [LONGEST_WINDOW_DAYS * DAY_MS, MAX_WINDOW_DAYS * DAY_MS]
  fc.assert(
    fc.property(fc.nat(month), (length) => {
      const parts = splitWindow({ earliest: now, latest: now + length })
      expect(parts.at(0)?.earliest).toBe(now)
      expect(parts.at(-1)?.latest).toBe(now + length)
      for (const [k, { earliest, latest }] of parts.entries()) {
        expect(latest - earliest).toBeLessThan(longest)
        expect(latest).toBeGreaterThanOrEqual(earliest)
        if (k > 0) expect(earliest).toBe((parts[k - 1]?.latest ?? 0) + 1)
      }
    }),
  )
  expect(splitWindow({ earliest: now, latest: now + month })).toHaveLength(3)
})

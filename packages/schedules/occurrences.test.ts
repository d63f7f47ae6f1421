import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, indianDay, indianInstant, mondayOf, weekdayOf } from '#packages/calendar/indian-time.ts'
import { goesOn, occurrences } from './occurrences.ts'
import type { Pattern } from './pattern.ts'

const FIRST = '2026-11-30'
const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(FIRST, days))
const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'))
const time = fc.tuple(two(23), two(59)).map((parts) => parts.join(':'))
const pattern: fc.Arbitrary<Pattern> = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  departs: time,
  from: day,
  until: fc.option(day),
  exceptions: fc.uniqueArray(fc.record({ day, departs: fc.option(time) }), {
    selector: (exception) => exception.day,
    maxLength: 8,
  }),
})

test('on every day there is what the pattern says, and nothing else', () => {
  fc.assert(
    fc.property(pattern, day, day, (given, a, b) => {
      const found = new Map(occurrences(given, a, b).map((each) => [each.day, each.departsAt]))
      for (let n = -3; n < 70; n++) {
        const asked = addDays(FIRST, n)
        const within =
          asked >= a && asked <= b && asked >= given.from && (given.until === null || asked <= given.until)
        const exception = given.exceptions.find((each) => each.day === asked)
        const usual = given.weekdays.includes(weekdayOf(asked)) ? given.departs : null
        const departs = within ? (exception ? exception.departs : usual) : null
        expect(found.get(asked)).toBe(departs === null ? undefined : indianInstant(asked, departs))
      }
    }),
  )
})

test('they come in order, each on its day in India', () => {
  fc.assert(
    fc.property(pattern, day, day, (given, a, b) => {
      const found = occurrences(given, a, b)
      expect(found.map((each) => indianDay(each.departsAt))).toEqual(found.map((each) => each.day))
      expect(found.map((each) => each.departsAt)).toEqual(
        found.map((each) => each.departsAt).toSorted((x, y) => x - y),
      )
    }),
  )
})

test('two stretches hold what the whole holds', () => {
  fc.assert(
    fc.property(pattern, day, fc.nat({ max: 30 }), fc.nat({ max: 30 }), (given, a, n, m) => {
      const cut = addDays(a, n)
      const end = addDays(cut, m)
      expect([...occurrences(given, a, cut), ...occurrences(given, addDays(cut, 1), end)]).toEqual(
        occurrences(given, a, end),
      )
    }),
  )
})

test('it goes on where a departure is left, however far', () => {
  fc.assert(
    fc.property(pattern, day, (given, from) => {
      expect(goesOn(given, from)).toBe(occurrences(given, from, addDays(FIRST, 200)).length > 0)
    }),
  )
})

test('days and times of India', () => {
  expect(new Date(indianInstant('2026-12-01', '00:10')).toISOString()).toBe('2026-11-30T18:40:00.000Z')
  expect(['2026-11-30', '2026-12-06'].map(weekdayOf)).toEqual([1, 7])
  expect(['2026-11-30', '2026-12-06', '2026-12-07'].map(mondayOf)).toEqual([
    '2026-11-30',
    '2026-11-30',
    '2026-12-07',
  ])
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
})
